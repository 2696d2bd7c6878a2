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

/// Returns the paths and kinds in a message.
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
    }
    // A value can violate several constraints.
    let items: Vec<String> = items.iter().map(|item| item.replace("username", "clientId")).collect();
    let items: Vec<&str> = items.iter().map(String::as_str).collect();
    let expected: Vec<_> = kinds.iter().map(|kind| at("client_id", kind.clone())).collect();
    assert_eq!(read_all(&message(7, &items)), Some(expected));
}

/// The constraints on entries are listed in brackets, all of them in one item.
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
fn paths_are_translated_to_fields() {
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
        // The names of unknown members are converted to snake case, like fields.
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
    let redacted = parse(&message(1, &[&item("", "clientId", "not be null")]), MEMBERS, &|_| false).expect("read");
    assert!(redacted.iter().all(Violation::is_sensitive));
}

#[test]
fn values_that_look_like_the_message_itself() {
    let fake = item(" 'x'", "clientId", "not be null");
    let read = |value: &str| {
        let odd = item(&format!(" '{value}'"), "username", "have length less than or equal to 128");
        let alone = read_all(&message(1, &[&odd]));
        let beside = read_all(&message(2, &[&odd, &item(" null", "clientId", "not be null")]));
        assert_eq!(beside.is_some(), alone.is_some(), "{value}");
        alone
    };
    for value in [
        "it's",
        "a; b",
        "a\nb\r\n",
        " at 'clientMetadata.a.member",
        "' at 'username' failed to satisfy constraint: Member must ",
        &fake,
        "1 validation error detected: ",
    ] {
        assert_eq!(read(value), Some(vec![at("username", TOO_LONG)]), "{value}");
    }
    for separator in ["'; Value '", "; Value null at 'username", "; Value", &format!("'; {fake}; {fake}")] {
        assert_eq!(read(separator), None, "{separator}");
    }
}

/// A message with a separator in a value has more parts than its count, even if one of the parts is implausible.
#[test]
fn more_parts_than_items() {
    let [first, second, third] = ["clientId", "username", "type"].map(|path| item(" 'a'", path, "not be null"));
    assert_eq!(read_all(&message(3, &[&first, &second, &third])).map(|read| read.len()), Some(3));
    assert_eq!(read_all(&message(2, &[&first, &second, &third])), None);
    assert_eq!(read_all(&message(1, &[&first, &second, &third])), None);
    let elsewhere = item(" 'b'", "elsewhere", "not be null");
    assert_eq!(read_all(&message(2, &[&first, &elsewhere, &third])), None, "one part is implausible");
}

/// A key of a map can look like the end of a value and a path.
#[test]
fn keys_that_look_like_a_path() {
    let read = |value: &str, key: &str| {
        read_all(&message(1, &[&item(value, &format!("clientMetadata.{key}.member"), "not be null")]))
    };
    let all = |key: &str| Some(vec![at(&format!("metadata[{key:?}]"), MISSING)]);
    for key in ["b' at 'userAttributes.1", "' at 'a", "' at ' at 'username", "'' at '", "a' at 'b' at 'c"] {
        assert_eq!(read(" 'v'", key), None, "{key}");
        assert_eq!(read(" 'v' at '", key), None, "{key}");
        assert_eq!((read(" null", key), read("", key)), (all(key), all(key)), "no quote before the path");
    }
    for key in ["a' failed to satisfy constraint: Member must not be null", "it's", "a at 'b", "at '"] {
        assert_eq!(read(" 'v'", key), all(key), "{key}");
    }
}

#[test]
fn constraints_of_an_unknown_form() {
    let good = item(" 'a'", "clientId", "not be null");
    let unknown = item(" 'y'", "clientMetadata", "be nice");
    assert_eq!(read_all(&message(2, &[&good, &unknown])), None);
}

#[test]
fn other_messages() {
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

/// Parsing takes linear time. If it took quadratic time, this test would run for minutes.
#[test]
fn hostile_messages() {
    let item = item(" 'a'", "username", "not be null");
    let many: Vec<&str> = vec![&item; 100_000];
    assert_eq!(read_all(&message(many.len() + 1, &many)), None);
    assert_eq!(read_all(&message(1, &many)), None);
    assert_eq!(read_all(&message(8_000, &many[..8_000])).map(|violations| violations.len()), Some(8_000));
    assert_eq!(read_all(&message(700, &vec!["; Value"; 1_000_000])), None);
    let paths = "' at 'clientMetadata.a".repeat(400_000);
    let quoting = |value: &str| message(1, &[&self::item(&format!(" '{value}'"), "username", "not be null")]);
    assert_eq!(read_all(&quoting(&paths)), None);
    assert_eq!(read_all(&quoting(&paths.replace('\'', "' '"))), Some(vec![at("username", MISSING)]));
    assert_eq!(read_all(&quoting(&"' at '".repeat(1_500_000))), Some(vec![at("username", MISSING)]));
    for path in [
        "a.".repeat(1_000_000),
        "userAttributes.1.member.".repeat(100_000),
        format!("a{}", ".1.member".repeat(200_000)),
    ] {
        assert_eq!(read_all(&message(1, &[&self::item(" null", &path, "not be null")])), None);
    }
    let constraints =
        format!("satisfy constraint: [{}Member must not be null]", "Member must not be null, ".repeat(400_000));
    assert_eq!(read_all(&message(1, &[&self::item(" null", "username", &constraints)])), None);
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

/// Values and keys made of parts of a message.
fn odd() -> impl Strategy<Value = String> {
    let parts = vec![
        "'",
        " ",
        ".",
        "; ",
        "\n",
        "Value",
        " null",
        " at '",
        "' at '",
        "username",
        "userAttributes.1.member.name",
        "clientMetadata.",
        "' failed to satisfy constraint: ",
        "Member must ",
        "not be null",
        "; Value '",
        "' at 'username' failed to satisfy constraint: Member must ",
        "have length less than or equal to 128",
        "é",
        "1 validation error detected: ",
    ];
    prop::collection::vec(prop::sample::select(parts), 0..8).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// A message is parsed correctly or not at all.
    #[test]
    fn random_messages_are_parsed_correctly_or_not_at_all(items in prop::collection::vec((odd(), odd(), 0..5_usize, 0..3_usize, prop::bool::ANY), 1..5)) {
        let (mut texts, mut expected) = (Vec::new(), Vec::new());
        for (value, key, path, shown, missing) in items {
            let value = [String::new(), " null".to_owned(), format!(" '{value}'")][shown].clone();
            let in_map = (format!("clientMetadata.{key}.member"), format!("metadata[{key:?}]"));
            let (wire, path) = match path {
                0 => ("username", "username"),
                1 => ("clientId", "client_id"),
                2 => ("type", "r#type"),
                3 => ("userAttributes.1.member.name", "attributes[0].name"),
                _ => (in_map.0.as_str(), in_map.1.as_str()),
            };
            let (constraint, kind) =
                if missing { ("not be null", MISSING) } else { ("have length less than or equal to 128", TOO_LONG) };
            texts.push(item(&value, wire, constraint));
            expected.push(at(path, kind));
        }
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        if let Some(read) = read_all(&message(texts.len(), &texts)) {
            prop_assert_eq!(read, expected);
        }
    }

    #[test]
    fn arbitrary_text_is_not_parsed(text in ".*", count in 0_usize..9) {
        let _ = (read_all(&text), read_all(&format!("{count} validation errors detected: {text}")));
        prop_assert_eq!(read_all(&format!("{count} validation errors detected: Value {text}")), None);
    }
}

/// A message with a sensitive value in a constraint or a path is not parsed.
#[test]
fn sensitive_values_in_constraints_and_paths() {
    let read = |text: &str| {
        parse(text, MEMBERS, &|text| {
            ["secret", "sec, ret", "my_secret", "8765"].iter().any(|value| text.contains(value))
        })
    };
    for (odd, sensitive, other) in [
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
        assert!(read(&message(1, &[&odd.replace(sensitive, other)])).is_some(), "{odd}");
    }
    let long = item(" 'a'", "username", &format!("satisfy enum value set: [{}]", "a, ".repeat(9_000)));
    assert_eq!(read(&message(1, &[&long])), None, "too much to search");
    assert!(read(&message(1, &[&item(" 'secret'", "username", "not be null")])).is_some(), "values are not kept");
}
