use super::*;
use proptest::prelude::*;

const ATTRIBUTE: &[Member] =
    &[Member::new("name", "Name", Shape::String).required(), Member::new("value", "Value", Shape::String).sensitive()];
const MEMBERS: &[Member] = &[
    Member::new("client_id", "ClientId", Shape::String).required(),
    Member::new("username", "Username", Shape::String).required(),
    Member::new("r#type", "Type", Shape::String),
    Member::new("attributes", "UserAttributes", Shape::List(&Shape::Structure { name: None, members: ATTRIBUTE })),
    Member::new("metadata", "ClientMetadata", Shape::Map(&Shape::String)),
    Member::new("responses", "ChallengeResponses", Shape::Map(&Shape::String)).sensitive(),
];

/// The paths and kinds that a message says.
fn read_all(message: &str) -> Option<Vec<(String, ViolationKind)>> {
    let violations = parse(message, MEMBERS, &|_| false)?;
    Some(violations.iter().map(|violation| (violation.path().to_owned(), violation.kind().clone())).collect())
}

fn at(path: &str, kind: ViolationKind) -> (String, ViolationKind) {
    (path.to_owned(), kind)
}

const MISSING: ViolationKind = ViolationKind::Missing;
const TOO_LONG: ViolationKind = ViolationKind::TooLong { max: 128, actual: None };

fn message(count: usize, items: &[&str]) -> String {
    format!("{count} validation error{} detected: {}", if count == 1 { "" } else { "s" }, items.join("; "))
}

fn item(value: &str, path: &str, constraint: &str) -> String {
    format!("Value{value} at '{path}' failed to satisfy constraint: Member must {constraint}")
}

#[test]
fn every_form() {
    let items = [
        item(" null", "username", "not be null"),
        item(" ''", "username", "have length greater than or equal to 1"),
        item("", "username", "have length less than or equal to 128"),
        item(" '-1'", "username", "have value greater than or equal to 0"),
        item(" '61'", "username", "have value less than or equal to 60"),
        item(" 'a b'", "username", r"satisfy regular expression pattern: [\w; '+]+"),
        item(" 'PIGEON'", "username", "satisfy enum value set: [SMS, EMAIL]"),
    ];
    let kinds = [
        MISSING,
        ViolationKind::TooShort { min: 1, actual: None },
        TOO_LONG,
        ViolationKind::Below { min: 0, actual: None },
        ViolationKind::Above { max: 60, actual: None },
        ViolationKind::Pattern { pattern: r"[\w; '+]+".into() },
        ViolationKind::NotAMember { values: vec!["SMS".to_owned(), "EMAIL".to_owned()] },
    ];
    for (item, kind) in items.iter().zip(&kinds) {
        assert_eq!(read_all(&message(1, &[item])), Some(vec![at("username", kind.clone())]), "{item}");
        assert!(item.ends_with(&format!("Member must {}", words(kind))), "{item}");
    }
    // One may be the reason of several, and what a value of its own would be is not asked of the service.
    let items: Vec<String> = items.iter().map(|item| item.replace("username", "clientId")).collect();
    let items: Vec<&str> = items.iter().map(String::as_str).collect();
    let expected: Vec<_> = kinds.iter().map(|kind| at("client_id", kind.clone())).collect();
    assert_eq!(read_all(&message(7, &items)), Some(expected));
}

/// What is asked of entries comes in brackets, all of it as one item.
#[test]
fn constraints_on_entries() {
    let item = |of: &str, constraints: &str| {
        format!(
            "Value '[a]' at 'userAttributes' failed to satisfy constraint: {of} must satisfy constraint: [{constraints}]"
        )
    };
    let two =
        "Member must have length less than or equal to 128, Member must satisfy regular expression pattern: [a, b]+";
    let pattern = ViolationKind::Pattern { pattern: "[a, b]+".into() };
    assert_eq!(
        read_all(&message(1, &[&item("Member", two)])),
        Some(vec![at("attributes[…]", TOO_LONG), at("attributes[…]", pattern)])
    );
    let one = "Member must have length less than or equal to 128";
    assert_eq!(read_all(&message(1, &[&item("Map value", one)])), Some(vec![at("attributes[…]", TOO_LONG)]));
    assert_eq!(read_all(&message(1, &[&item("Map keys", one)])), Some(vec![at("attributes[…].key", TOO_LONG)]));
    let empty = item("Member", "").replace("constraint: []", "enum value set: []");
    let none = ViolationKind::NotAMember { values: Vec::new() };
    assert_eq!(read_all(&message(1, &[&empty])), Some(vec![at("attributes", none)]));
    for odd in ["", "have length less than or equal to 128", "Member must be nice"] {
        assert_eq!(read_all(&message(1, &[&item("Member", odd)])), None, "{odd}");
    }
}

#[test]
fn paths_in_terms_of_the_structs() {
    for (wire, path, hidden, sensitive) in [
        ("clientId", "client_id", None, false),
        ("type", "r#type", None, false),
        ("userAttributes.1.member.name", "attributes[0].name", None, false),
        ("userAttributes.12.member.value", "attributes[11].value", None, true),
        ("userAttributes.3.member", "attributes[2]", None, false),
        ("clientMetadata.a.b.member", "metadata[\"a.b\"]", None, false),
        ("clientMetadata.a\"b\n.key", "metadata[\"a\\\"b\\n\"].key", None, false),
        ("challengeResponses.ANSWER.member", "responses[…]", Some("challengeResponses.….member"), true),
        ("challengeResponses.e.member", "responses[…]", Some("challengeResponses.….member"), true),
        ("challengeResponses..member", "responses[…]", Some("challengeResponses.….member"), true),
        ("challengeResponses.member.key", "responses[…].key", Some("challengeResponses.….key"), true),
        // What the request does not have is spelt as a field.
        ("userPoolId", "user_pool_id", None, false),
        ("customAttributes.2.member.name", "custom_attributes[1].name", None, false),
        ("softwareTokenMfaConfiguration.preferredMfa", "software_token_mfa_configuration.preferred_mfa", None, false),
        ("userAttributes.0.member.name", "attributes.0.member.name", None, false),
        ("userAttributes.1.member.other", "attributes[0].other", None, false),
        ("clientId.x", "client_id.x", None, false),
    ] {
        let violations = parse(&message(1, &[&item(" null", wire, "not be null")]), MEMBERS, &|_| false).expect(wire);
        let violation = violations.iter().next().expect("one");
        assert_eq!((violation.path(), violation.is_sensitive()), (path, sensitive), "{wire}");
        assert_eq!(violation.wire_path(), hidden.unwrap_or(wire));
    }
    let left_out = parse(&message(1, &[&item("", "clientId", "not be null")]), MEMBERS, &|_| false).expect("read");
    assert!(left_out.iter().all(Violation::is_sensitive));
}

#[test]
fn values_that_look_like_the_message_itself() {
    let fake = item(" 'x'", "clientId", "not be null");
    for value in [
        "it's",
        "a; b",
        "a\nb\r\n",
        "'; Value '",
        "; Value null at 'username",
        "' at 'username' failed to satisfy constraint: Member must ",
        &fake,
        &format!("'; {fake}; {fake}"),
        "1 validation error detected: ",
    ] {
        let text = message(1, &[&item(&format!(" '{value}'"), "username", "have length less than or equal to 128")]);
        assert_eq!(read_all(&text), Some(vec![at("username", TOO_LONG)]), "{text}");
    }
    // One that looks like parts of an item beside others.
    let odd = item(" '; Value 'a' at 'b'", "username", "have length less than or equal to 128");
    let text = message(2, &[&odd, &item(" null", "clientId", "not be null")]);
    assert_eq!(read_all(&text), Some(vec![at("username", TOO_LONG), at("client_id", MISSING)]));
}

#[test]
fn of_several_ways_the_plausible_one() {
    // The forged member is none of the request's.
    let value = format!("x' at 'elsewhere' failed to satisfy constraint: Member must not be null; {}", "Value 'y");
    let odd = item(&format!(" '{value}'"), "username", "have length less than or equal to 128");
    let text = message(2, &[&item(" null", "clientId", "not be null"), &odd]);
    assert_eq!(read_all(&text), Some(vec![at("client_id", MISSING), at("username", TOO_LONG)]));
    // It is, but would have another value in each of its items.
    let value = format!("x' at 'username' failed to satisfy constraint: Member must not be null; {}", "Value 'y");
    let odd = |constraint| item(&format!(" '{value}'"), "username", constraint);
    let text = message(
        2,
        &[&odd("have length less than or equal to 128"), &odd(r"satisfy regular expression pattern: [\w]+")],
    );
    let pattern = ViolationKind::Pattern { pattern: r"[\w]+".into() };
    assert_eq!(read_all(&text), Some(vec![at("username", TOO_LONG), at("username", pattern)]));
    // Nothing tells which of the items is part of a value.
    let items = [
        item(" 'a'", "username", "not be null"),
        item(" 'b'", "clientId", "not be null"),
        item(" 'c'", "type", "not be null"),
    ];
    assert_eq!(read_all(&message(2, &[&items[0], &items[1], &items[2]])), None);
}

/// Where the right way may be one that is not understood, nothing is said.
#[test]
fn what_may_be_something_else() {
    // A key of a map may look like a path.
    let key = item(" 'v'", "clientMetadata.b' at 'userAttributes.1.member", "not be null");
    assert_eq!(read_all(&message(1, &[&key])), None);
    // A member that was not sent can be missing.
    let forged = item(" 'a'", "clientId", "not be null");
    let missing = item(" null", "session", "not be null");
    let odd = item(" 'b'", "username", "have length less than or equal to 128");
    let read = read_all(&message(2, &[&missing, &forged, &odd]));
    assert_eq!(read, Some(vec![at("session", MISSING), at("username", TOO_LONG)]));
    // The last one is of a form that nobody has seen yet.
    let unknown = item(" 'y'", "clientMetadata", "be nice");
    assert_eq!(read_all(&message(2, &[&forged, &unknown, &odd])), None);
    assert_eq!(read_all(&message(2, &[&forged, &unknown])), None);
}

#[test]
fn what_is_not_of_that_form() {
    let good = item(" null", "username", "not be null");
    for text in [
        String::new(),
        "User does not exist.".to_owned(),
        message(0, &[]),
        message(0, &[&good]),
        message(1, &[]),
        message(2, &[&good]),
        message(1, &[&good, &good]),
        message(1_000_000, &[&good]),
        format!("99999999999999999999 validation errors detected: {good}"),
        format!("-1 validation errors detected: {good}"),
        format!("1 validation error found: {good}"),
        message(1, &[&format!("{good}.")]),
        message(1, &[&item(" null", "username", "be nice")]),
        message(1, &[&item(" null", "username", "have length less than or equal to many")]),
        message(1, &[&item(" null", "username", "have length less than or equal to -1")]),
        message(1, &[&item(" 12", "username", "not be null")]),
        message(1, &["Value null at 'username"]),
        message(1, &[&good.replace("Value", "value")]),
    ] {
        assert_eq!(read_all(&text), None, "{text}");
    }
}

/// However many ways there are to take it apart, it does not take long.
#[test]
fn hostile_messages() {
    let item = item(" 'a'", "username", "not be null");
    let many: Vec<&str> = vec![&item; 5_000];
    assert_eq!(read_all(&message(1_000, &many)), None);
    assert_eq!(read_all(&message(1, &many)), Some(vec![at("username", MISSING)]));
    assert_eq!(read_all(&message(1_000, &many[..1_000])).map(|violations| violations.len()), Some(1_000));
    assert_eq!(read_all(&message(700, &vec!["; Value"; 5_000])), None);
    // As many places where the path may begin as an answer has room for.
    let paths = "' at 'clientMetadata.a".repeat(40_000);
    let text = message(1, &[&self::item(&format!(" '{paths}'"), "username", "not be null")]);
    assert_eq!(read_all(&text), None);
    let unquoted = text.replace("' at 'clientMetadata", " at 'clientMetadata");
    assert_eq!(read_all(&unquoted), Some(vec![at("username", MISSING)]));
}

/// A thread may have a small stack.
#[test]
fn many_items_on_a_small_stack() {
    let read = || {
        let item = item(" 'a'", "username", "not be null");
        read_all(&message(1_000, &vec![item.as_str(); 1_000])).map(|violations| violations.len())
    };
    let thread = std::thread::Builder::new().stack_size(128 << 10).spawn(read).expect("a thread");
    assert_eq!(thread.join().expect("no panic"), Some(1_000));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// A message is read rightly or not at all.
    #[test]
    fn right_or_not_at_all(
        items in prop::collection::vec((
            prop::collection::vec(prop::sample::select(vec![
                "'", "; ", "\n", "Value", " null", " at '", "username", "clientId", " failed to satisfy constraint: ",
                "Member must ", "not be null", "; Value '", "' at 'username' failed to satisfy constraint: Member must ",
                "have length less than or equal to 128", "é", "1 validation error detected: ",
            ]), 0..8),
            prop::sample::select(vec!["username", "clientId", "type", "userAttributes.1.member.name"]),
            prop::bool::ANY,
        ), 1..5),
    ) {
        // A member has one value.
        let mut values = BTreeMap::new();
        let (mut texts, mut expected) = (Vec::new(), Vec::new());
        for (parts, path, null) in items {
            let value = values.entry(path).or_insert_with(|| format!(" '{}'", parts.concat()));
            let (constraint, kind) =
                if null { ("not be null", MISSING) } else { ("have length less than or equal to 128", TOO_LONG) };
            texts.push(item(value, path, constraint));
            let path = parse(&message(1, &[&item(" null", path, "not be null")]), MEMBERS, &|_| false).expect("a path");
            expected.push((path.iter().next().expect("one").path().to_owned(), kind));
        }
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        if let Some(read) = read_all(&message(texts.len(), &texts)) {
            prop_assert_eq!(read, expected);
        }
    }

    #[test]
    fn anything_at_all(text in ".*", count in 0_usize..9) {
        let _ = (read_all(&text), read_all(&format!("{count} validation errors detected: {text}")));
        prop_assert_eq!(read_all(&format!("{count} validation errors detected: Value {text}")), None);
    }
}

/// What may not be shown has no place in a constraint, and none in what a path says beside the names of members.
#[test]
fn what_may_not_be_shown_is_not_read() {
    let read = |text: &str| {
        parse(text, MEMBERS, &|text| ["secret", "sec, ret", "my_secret", "8765"].iter().any(|told| text.contains(told)))
    };
    for (odd, told, other) in [
        (item(" 'a'", "username", "satisfy regular expression pattern: secret"), "secret", "other"),
        (item(" 'a'", "username", "satisfy enum value set: [b, secret]"), "secret", "other"),
        (item(" 'a'", "username", "satisfy enum value set: [sec, ret]"), "ret", "ond"),
        (item(" 'a'", "username", "have length less than or equal to 8765"), "8765", "1234"),
        (item(" 'a'", "username", "have value less than or equal to 8765"), "8765", "1234"),
        (item(" 'a'", "userAttributes.8765.member.name", "not be null"), "8765", "1234"),
        (item(" 'a'", "clientMetadata.secret.member", "not be null"), "secret", "other"),
        (item(" 'a'", "secret", "not be null"), "secret", "other"),
        (item(" 'a'", "mySecret", "not be null"), "mySecret", "myOther"),
        (item(" 'a'", "userAttributes.1.member.secret", "not be null"), "secret", "other"),
    ] {
        assert_eq!(read(&message(1, &[&odd])), None, "{odd}");
        assert!(read(&message(1, &[&odd.replace(told, other)])).is_some(), "{odd}");
    }
    let long = item(" 'a'", "username", &format!("satisfy enum value set: [{}]", "a, ".repeat(9_000)));
    assert_eq!(read(&message(1, &[&long])), None, "nobody looks through that");
    assert!(read(&message(1, &[&item(" 'secret'", "username", "not be null")])).is_some(), "values are not kept");
}
