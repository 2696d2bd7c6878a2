//! Tests of the validation of requests.

use super::checker::{check_characters, check_length, check_range};
use super::{Unit, Violation, ViolationKind, Violations};
use crate::schema::{Constraints, Length, Range};
use crate::{cognito_op, cognito_shape};
use std::collections::BTreeMap;

#[test]
fn bounds_are_inclusive() {
    let length = Length { min: Some(2), max: Some(3) };
    let verdicts: Vec<_> = (1..5).map(|length_of| check_length(length, length_of)).collect();
    let short = ViolationKind::TooShort { min: 2, actual: Some(1) };
    let long = ViolationKind::TooLong { max: 3, actual: Some(4) };
    assert_eq!(verdicts, [Err(short), Ok(()), Ok(()), Err(long)]);
    let range = Range { min: Some(-1), max: Some(0) };
    let verdicts: Vec<_> = (-2..2).map(|number| check_range(range, number)).collect();
    let below = ViolationKind::Below { min: -1, actual: Some(-2) };
    let above = ViolationKind::Above { max: 0, actual: Some(1) };
    assert_eq!(verdicts, [Err(below), Ok(()), Ok(()), Err(above)]);
    let none = Constraints::NONE;
    assert!(none.of_entries().length.is_none() && none.of_keys().pattern.is_none());
}

#[cognito_op(target = "Everything", response = (), unmodeled)]
struct Everything {
    #[len(2, 3)]
    text: Option<String>,
    #[range(1, 9)]
    number: Option<i32>,
    #[len(1, 1)]
    blob: Option<Vec<u8>>,
    #[len(1, 2)]
    #[each(len(1, 1), pattern("[a-z]"))]
    list: Option<Vec<String>>,
    #[len(max = 1)]
    #[keys(len(max = 2))]
    #[values(len(min = 1))]
    map: Option<BTreeMap<String, String>>,
    nested: Option<Vec<Nested>>,
    #[sensitive]
    #[len(6, 8)]
    secret: Option<String>,
    #[sensitive]
    #[keys(len(max = 2))]
    #[values(len(min = 1))]
    secrets: Option<BTreeMap<String, String>>,
}

#[cognito_shape(input)]
struct Nested {
    #[len(1, 1)]
    deep_one: String,
}

fn map(entries: &[(&str, &str)]) -> BTreeMap<String, String> {
    entries.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

#[track_caller]
fn violations(operation: &Everything) -> Violations {
    operation.validate().expect_err("violations")
}

/// Returns a line for each violation: its path on the wire, its unit and its text, which contains the path in the
/// struct.
fn lines(violations: &Violations) -> Vec<String> {
    let unit = |violation: &Violation| violation.unit().map_or("-".to_owned(), |unit| format!("{unit:?}"));
    let line = |violation: &Violation| format!("{} {} {}", violation.wire_path(), unit(violation), violation);
    violations.iter().map(line).collect()
}

#[test]
fn violations_have_paths_and_kinds() {
    let operation = Everything::new()
        .text("😀")
        .number(0)
        .blob(vec![1, 2])
        .list(["a".to_owned(), "bb".to_owned(), String::new()])
        .map(map(&[("long", ""), ("k", "v")]))
        .nested([Nested::new("a"), Nested::new("")])
        .secret("short")
        .secrets(map(&[("hidden", "")]));
    let found = violations(&operation);
    let expected = [
        "text Character `text` must have at least 2 characters",
        "number - `number` must be at least 1",
        "blob Byte `blob` must have at most 1 byte",
        "list Entry `list` must have at most 2 entries",
        "list.2.member Character `list[1]` must have at most 1 character",
        "list.2.member - `list[1]` must match `[a-z]`",
        "list.3.member Character `list[2]` must have at least 1 character",
        "list.3.member - `list[2]` must match `[a-z]`",
        "map Entry `map` must have at most 1 entry",
        "map.….key Character `map[…].key` must have at most 2 characters",
        "map.….member Character `map[…]` must have at least 1 character",
        "nested.2.member.deepOne Character `nested[1].deep_one` must have at least 1 character",
        "secret Character `secret` must have at least 6 characters",
        "secrets.….key Character `secrets[…].key` must have at most 2 characters",
        "secrets.….member Character `secrets[…]` must have at least 1 character",
    ];
    assert_eq!(lines(&found), expected);
    assert_eq!(found.to_string(), found.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "));
    // Unmodeled members count as sensitive.
    assert!(found.iter().all(Violation::is_sensitive));
    assert_eq!((&found).into_iter().count(), found.clone().into_iter().count());
    let first = found.iter().next().expect("a violation");
    assert_eq!((first.path(), first.unit()), ("text", Some(Unit::Character)));
    assert_eq!(first.kind(), &ViolationKind::TooShort { min: 2, actual: Some(1) });

    let other =
        Everything::new().text("four").number(10).blob(Vec::new()).list(Vec::<String>::new()).secret("nine chars");
    let expected = [
        "text Character `text` must have at most 3 characters",
        "number - `number` must be at most 9",
        "blob Byte `blob` must have at least 1 byte",
        "list Entry `list` must have at least 1 entry",
        "secret Character `secret` must have at most 8 characters",
    ];
    assert_eq!(lines(&violations(&other)), expected);
    Everything::new().validate().expect("absent members have no violations");
    let good = Everything::new().text("abc").number(9).blob(vec![0]).list(["a".to_owned()]).secret("secret");
    good.map(map(&[("k", "v")])).validate().expect("valid");
}

#[cognito_op(target = "GetUserAttributeVerificationCode", response = ())]
struct Shown {
    access_token: String,
    #[len(2, 3)]
    attribute_name: String,
}

#[cognito_op(target = "TagResource", signed, response = ())]
struct Tagged {
    resource_arn: String,
    #[len(max = 1)]
    #[keys(len(max = 2))]
    #[values(len(min = 1))]
    tags: BTreeMap<String, String>,
}

#[cognito_op(target = "ListDevices", response = ())]
struct Numbered {
    access_token: String,
    #[range(1, 9)]
    limit: Option<i32>,
    pagination_token: Option<String>,
}

#[test]
fn measured_lengths_of_plain_members_are_shown() {
    let found = Shown::new("token", "four").validate().expect_err("a violation");
    let expected = "attributeName Character `attribute_name` must have at most 3 characters, not 4";
    assert_eq!(lines(&found), [expected]);
    let found = Tagged::new("arn", map(&[("long", ""), ("k", "v")])).validate().expect_err("violations");
    let expected = [
        "tags Entry `tags` must have at most 1 entry, not 2",
        "tags.long.key Character `tags[\"long\"].key` must have at most 2 characters, not 4",
        "tags.long.member Character `tags[\"long\"]` must have at least 1 character, not 0",
    ];
    assert_eq!(lines(&found), expected);
    for (limit, line) in [(0, "at least 1, not 0"), (10, "at most 9, not 10")] {
        let found = Numbered::new("token").limit(limit).validate().expect_err("a violation");
        assert_eq!(lines(&found), [format!("limit - `limit` must be {line}")]);
    }
}

#[test]
fn debug_hides_measured_lengths() {
    let kinds = [
        (ViolationKind::Missing, "Missing"),
        (ViolationKind::TooShort { min: 1, actual: Some(7) }, "TooShort { min: 1, .. }"),
        (ViolationKind::TooLong { max: 2, actual: Some(7) }, "TooLong { max: 2, .. }"),
        (ViolationKind::Below { min: 3, actual: Some(7) }, "Below { min: 3, .. }"),
        (ViolationKind::Above { max: 4, actual: Some(7) }, "Above { max: 4, .. }"),
        (ViolationKind::Pattern { pattern: "a".into() }, "Pattern { pattern: \"a\" }"),
        (ViolationKind::NotAMember { values: vec!["A".to_owned()] }, "NotAMember { values: [\"A\"] }"),
    ];
    for (kind, shown) in kinds {
        assert_eq!(format!("{kind:?}"), shown);
    }
}

/// The service reports neither a unit nor a measured length. Text from the service is shown on one line.
#[test]
fn violations_of_the_service() {
    let sentence = |kind| Violation::new(["a", "a", "a"].map(str::to_owned), kind, None, false).to_string();
    for (kind, text) in [
        (ViolationKind::Missing, "`a` must be present"),
        (ViolationKind::TooShort { min: 1, actual: None }, "`a` must have a length of at least 1"),
        (ViolationKind::TooLong { max: 2, actual: None }, "`a` must have a length of at most 2"),
        (ViolationKind::Below { min: 3, actual: None }, "`a` must be at least 3"),
        (ViolationKind::Above { max: 4, actual: None }, "`a` must be at most 4"),
        (ViolationKind::Pattern { pattern: "a\nb".into() }, "`a` must match `a b`"),
        (ViolationKind::NotAMember { values: vec![] }, "`a` must be a value of the service's enum"),
        (ViolationKind::NotAMember { values: vec!["A\n".to_owned(), "B".to_owned()] }, "`a` must be one of A , B"),
    ] {
        assert_eq!(sentence(kind), text);
    }
    for (unit, one, more) in
        [(Unit::Character, "character", "characters"), (Unit::Entry, "entry", "entries"), (Unit::Byte, "byte", "bytes")]
    {
        for (min, what) in [(0, more), (1, one), (2, more)] {
            let kind = ViolationKind::TooShort { min, actual: None };
            let violation = Violation::new(["a", "a", "a"].map(str::to_owned), kind, Some(unit), false);
            assert_eq!(violation.to_string(), format!("`a` must have at least {min} {what}"));
        }
    }
}

#[test]
fn lengths_count_characters() {
    let length = Length { min: Some(2), max: Some(3) };
    for good in ["ab", "abc", "éé", "😀😀😀", "e\u{301}"] {
        assert_eq!(check_characters(length, good), Ok(()), "{good}");
    }
    assert_eq!(check_characters(length, "é"), Err(ViolationKind::TooShort { min: 2, actual: Some(1) }));
    assert_eq!(check_characters(length, ""), Err(ViolationKind::TooShort { min: 2, actual: Some(0) }));
    assert_eq!(check_characters(length, "😀"), Err(ViolationKind::TooShort { min: 2, actual: Some(1) }));
    assert_eq!(check_characters(length, "abcd"), Err(ViolationKind::TooLong { max: 3, actual: Some(4) }));
    assert_eq!(check_characters(length, "éééé"), Err(ViolationKind::TooLong { max: 3, actual: Some(4) }));
    assert_eq!(check_characters(Length { min: None, max: None }, ""), Ok(()));
}
