//! Cases of the checks that have no fixture.

use super::type_assertion::can_hold;
use super::{Direction, Operation, Shape};
use crate::attribute;
use crate::diagnostic::Diagnostics;
use crate::pattern::{self, Length};
use crate::syntax::{AttributeMacro, Item};
use crate::tests::diagnose;
use cognito_op_model::SERVICE;
use cognito_op_model::source::describe;
use std::collections::BTreeSet;
use syn::Type;

/// Returns the first line of each error in an item.
fn errors(source: &str) -> Vec<String> {
    let (_, messages) = diagnose(source);
    messages.iter().filter_map(|(text, _)| text.lines().next().map(str::to_owned)).collect()
}

/// Returns the result of a check and ignores its errors.
fn checked<T>(check: impl FnOnce(&mut Diagnostics) -> T) -> T {
    let mut diagnostics = Diagnostics::default();
    let checked = check(&mut diagnostics);
    diagnostics.discard();
    checked
}

/// Returns an item as the checks receive it.
fn item(attribute: AttributeMacro, options: &str, text: &str) -> Item {
    let mut diagnostics = Diagnostics::default();
    let options = options.parse().expect("options");
    let tokens = attribute::expand(attribute, &options, text.parse().expect("an item"), &mut diagnostics);
    Item::parse(attribute, tokens, &mut diagnostics).expect("an item")
}

#[test]
fn a_published_minimum_or_maximum_is_a_bound() {
    let of = |attributes: &str| {
        errors(&format!(
            "#[cognito_shape] struct AttributeType {{ name: String, {attributes} value: Option<String> }}
             #[cognito_shape(output)] struct AssociateSoftwareTokenResponse {{
                 {attributes} secret_code: Option<String>, session: Option<String>
             }}"
        ))
    };
    assert_eq!(of(""), [""; 0]);
    assert_eq!(of("#[len]"), [""; 0]);
    assert_eq!(of("#[range]").len(), 2);
}

/// A type whose name does not tell its kind is taken for the published kind.
#[test]
fn user_defined_types_have_the_published_kind() {
    let sign_up = |attributes: &str, member: &str| {
        errors(&format!(
            "#[cognito_op(target = \"ConfirmSignUp\", response = ())] struct ConfirmSignUp {{
                client_id: String, username: String, confirmation_code: String, {attributes} {member}
            }}"
        ))
    };
    let flag = "force_alias_creation: Option<Flag>";
    assert_eq!(sign_up("", flag), [""; 0]);
    let no_length = "`Flag` has no length; `len` bounds strings, lists, maps and blobs";
    assert_eq!(sign_up("#[len(1)]", flag), [no_length]);
    assert_eq!(sign_up("#[range(0, 1)]", flag).len(), 1);
    assert_eq!(sign_up("#[pattern(\"a\")]", flag).len(), 1);
    for fine in [
        "#[len(20, 64)] session: Option<Session>",
        "client_metadata: Option<Metadata>",
        "#[len(max = 3)] client_metadata: Option<Metadata>",
        "#[keys(len(max = 3))] client_metadata: Option<Metadata>",
        "#[values(len(max = 3))] client_metadata: Option<Metadata>",
        "client_metadata: Option<BTreeMap<Text, Text>>",
    ] {
        assert_eq!(sign_up("", fine), [""; 0], "{fine}");
    }
    assert_eq!(sign_up("#[each(len(1))]", "client_metadata: Option<BTreeMap<String, String>>").len(), 1);
    assert_eq!(sign_up("#[keys(len(1))]", "session: Option<Vec<String>>").len(), 2);

    let of_an_entry = errors(
        "#[cognito_op(target = \"SignUp\", response = ())] struct SignUp {
            client_id: String, username: String,
            #[each(len(1))] user_attributes: Option<List>,
            #[keys(range(1))] #[values(range(1))] client_metadata: Option<Map>,
        }",
    );
    let expected =
        ["an entry of `List` has no length", "a key of `Map` is not an integer", "a value of `Map` is not an integer"];
    assert!(of_an_entry.iter().zip(expected).all(|(error, expected)| error.starts_with(expected)), "{of_an_entry:?}");
    assert_eq!(of_an_entry.len(), 3);

    let devices = |attributes: &str, ty: &str| {
        errors(&format!(
            "#[cognito_op(target = \"ListDevices\", response = ())] struct ListDevices {{
                access_token: String, {attributes} limit: Option<{ty}>, pagination_token: Option<String>
            }}"
        ))
    };
    assert_eq!(devices("#[range(0, 60)]", "Limit"), [""; 0]);
    assert_eq!(devices("#[len(1)]", "Limit"), ["`Limit` has no length; `len` bounds strings, lists, maps and blobs"]);
    assert_eq!(devices("#[range]", "i64"), [""; 0]);
    assert_eq!(devices("", "String").len(), 1);
}

#[test]
fn a_wrong_kind_is_reported_once() {
    let text = "#[cognito_op(target = \"ConfirmSignUp\", response = ())] struct ConfirmSignUp {
        client_id: String, username: String, confirmation_code: String, #[len(1)] force_alias_creation: Option<String>
    }";
    let messages = errors(text);
    assert_eq!(messages.len(), 1, "{messages:?}");
    assert!(messages[0].starts_with("`ForceAliasCreation` is"), "{messages:?}");
}

#[test]
fn variants_of_a_published_enum() {
    let of = |variants: &str| errors(&format!("#[cognito_shape] enum DeliveryMediumType {{ {variants} }}"));
    assert_eq!(of("Sms, Email, Other(String)"), [""; 0]);
    assert_eq!(of("#[member(\"SMS\")] Text, Email, Other(String)"), [""; 0]);
    // A unit variant `Other` is reported once, and is not a value.
    let missing = of("Sms, Email, Other");
    assert_eq!(missing.len(), 1, "{missing:?}");
    assert!(missing[0].starts_with("missing variant for unknown values"), "{missing:?}");
    let unknown = of("Sms, #[member(\"PIGEON\")] Bird, Other(String)");
    assert_eq!(unknown.len(), 1, "{unknown:?}");
    assert!(unknown[0].contains("`PIGEON`"), "{unknown:?}");
    assert_eq!(of("Sms, Pigeon, Other(String)").len(), 1);
    assert_eq!(of("Sms, #[unmodeled] Pigeon, Other(String)"), [""; 0]);
}

#[test]
fn members_that_can_be_filled_in() {
    let of = |target: &str, members: &str| {
        errors(&format!("#[cognito_op(target = \"{target}\", unmodeled, response = ())] struct Named {{ {members} }}"))
    };
    let id = "client_id: String, username: String";
    for fine in [
        "#[secret_hash] secret_hash: Option<String>",
        "#[secret_hash] secret_hash: Option<Text>",
        "#[secret_hash] map: Option<BTreeMap<String, String>>",
        "#[secret_hash(key = \"K\")] map: Option<Map>",
        "#[secret_hash(username = \"N\")] map: Option<Map>",
        "#[client_secret] secret: Option<String>",
        "#[client_secret] secret: Option<Text>",
        "#[secret_hash] hash: Option<String>, #[client_secret] secret: Option<String>",
    ] {
        assert_eq!(of("Anything", &format!("{id}, {fine}")), [""; 0], "{fine}");
    }
    for wrong in [
        "#[secret_hash] secret_hash: String",
        "#[secret_hash] secret_hash: Option<i32>",
        "#[secret_hash(key = \"K\")] hash: Option<String>",
        "#[client_secret] secret: String",
        "#[client_secret] secret: Option<bool>",
        "#[client_secret] secret: Option<BTreeMap<String, String>>",
    ] {
        assert_eq!(of("Anything", &format!("{id}, {wrong}")).len(), 1, "{wrong}");
    }
    // Of the published members, only some can be filled in.
    let published = |member: &str| {
        errors(&format!(
            "#[cognito_op(target = \"ConfirmSignUp\", response = ())] struct ConfirmSignUp {{
                client_id: String, username: String, confirmation_code: String, {member}
            }}"
        ))
    };
    assert_eq!(published("#[secret_hash] secret_hash: Option<String>"), [""; 0]);
    assert_eq!(published("#[secret_hash] session: Option<String>").len(), 1);
    assert_eq!(published("#[client_secret] secret_hash: Option<String>").len(), 1);
}

#[test]
fn types_hold_shapes_of_their_kind() {
    let types = ["String", "bool", "i32", "SystemTime", "Vec<u8>", "Vec<String>", "BTreeMap<String, String>", "f64"];
    let member = |shape: &str, name: &str| {
        SERVICE.shape(shape).and_then(|shape| shape.member_named(name)?.shape()).expect("a member")
    };
    let list = SERVICE.shape("EventFiltersType").expect("a list");
    for (shape, fits) in [
        (member("AttributeType", "Value"), ["String"].as_slice()),
        (member("CodeDeliveryDetailsType", "DeliveryMedium"), &["String"]),
        (member("MFAOptionType", "DeliveryMedium"), &["String"]),
        (member("UserType", "Enabled"), &["bool"]),
        (member("AuthenticationResultType", "ExpiresIn"), &["i32"]),
        (member("UserType", "UserCreateDate"), &["SystemTime"]),
        (SERVICE.shape("ImageFileType").expect("a blob"), &["Vec<u8>"]),
        (list, &["Vec<String>"]),
        (SERVICE.shape("ClientMetadataType").expect("a map"), &["BTreeMap<String, String>"]),
        (member("UserType", "Attributes"), &[]),
    ] {
        for ty in types {
            let parsed: Type = syn::parse_str(ty).expect("a type");
            assert_eq!(can_hold(&parsed, &shape), Some(fits.contains(&ty)), "{ty} for {}", describe(&shape));
        }
        // The name of a user-defined type does not tell.
        let named: Type = syn::parse_str("Named").expect("a type");
        assert_eq!(can_hold(&named, &shape), None);
    }
    let of = |ty: &str, shape: &str| {
        let ty: Type = syn::parse_str(ty).expect("a type");
        can_hold(&ty, &SERVICE.shape(shape).expect("a shape"))
    };
    assert_eq!(of("Vec<Attribute>", "AttributeListType"), None);
    assert_eq!(of("Vec<bool>", "AttributeListType"), Some(false));
    assert_eq!(of("BTreeMap<String, Named>", "ClientMetadataType"), None);
    assert_eq!(of("BTreeMap<String, bool>", "ClientMetadataType"), Some(false));
}

#[test]
fn default_response_types() {
    let of = |target: &str, options: &str, members: &str| {
        let options = format!("target = \"{target}\"{options}");
        let item = item(AttributeMacro::Operation, &options, &format!("struct Named {{ {members} }}"));
        let operation = checked(|diagnostics| Operation::check(item, diagnostics)).expect("an operation");
        operation.response.map(|response| response.to_string())
    };
    let token = "access_token: String";
    assert_eq!(of("GetUser", "", token).as_deref(), Some("NamedResponse"));
    assert_eq!(of("GetUser", ", response = Response", token).as_deref(), Some("Response"));
    assert_eq!(of("ForgetDevice", "", "device_key: String"), None);
    assert_eq!(of("GlobalSignOut", "", token), None);
    assert_eq!(of("GlobalSignOut", ", response = Response", token).as_deref(), Some("Response"));
    assert_eq!(of("Newer", ", unmodeled", token).as_deref(), Some("NamedResponse"));
}

#[test]
fn response_types_with_an_assertion() {
    let of = |name: &str, options: &str| {
        let options = format!("target = \"GetUser\"{options}");
        let item = item(AttributeMacro::Operation, &options, &format!("struct {name} {{ access_token: String }}"));
        checked(|diagnostics| Operation::check(item, diagnostics)).expect("an operation").assertion.is_some()
    };
    assert!(!of("GetUser", ""), "its name is the one in the API");
    assert!(of("WhoAmI", ""));
    assert!(of("GetUser", ", response = Response"));
    assert!(!of("GetUser", ", response = ()"));
    assert!(!of("WhoAmI", ", unmodeled"));
}

#[test]
fn directions_of_a_shape() {
    let of = |options: &str, generics: &str, ty: &str| {
        let text = format!("struct Named{generics} {{ name: {ty} }}");
        let item = item(AttributeMacro::Shape, options, &text);
        let shape = checked(|diagnostics| Shape::check(item, diagnostics));
        shape.direction
    };
    assert_eq!(of("", "", "String"), Direction::Both);
    assert_eq!(of("input, output", "", "String"), Direction::Both);
    assert_eq!(of("input", "", "String"), Direction::Input);
    assert_eq!(of("output", "", "String"), Direction::Output);
    assert_eq!(of("", "<'a>", "&'a str"), Direction::Input);
    assert_eq!(of("input", "<'a>", "&'a str"), Direction::Input);
    // An error, with a stub for call sites.
    assert_eq!(of("output", "<'a>", "&'a str"), Direction::Output);
}

#[test]
fn only_requests_need_all_required_members() {
    let of =
        |options: &str| errors(&format!("#[cognito_shape{options}] struct AttributeType {{ value: Option<String> }}"));
    assert_eq!(of("").len(), 1);
    assert_eq!(of("(input)").len(), 1);
    assert_eq!(of("(output)"), [""; 0]);
}

#[test]
fn operation_names_have_a_maximum_length() {
    let of = |length: usize| {
        let target = "a".repeat(length);
        errors(&format!(
            "#[cognito_op(target = \"{target}\", unmodeled, response = ())] struct Named {{ token: String }}"
        ))
    };
    assert_eq!(of(128), [""; 0]);
    let long = of(1000);
    assert!(long.len() == 1 && long[0].len() < 250, "{long:?}");
}

#[test]
fn a_secret_hash_in_a_map_needs_no_user_name_member() {
    let of = |members: &str| {
        errors(&format!(
            "#[cognito_op(target = \"Newer\", unmodeled, response = ())] struct Newer {{ client_id: String, {members} }}"
        ))
    };
    assert_eq!(of("#[secret_hash] map: Option<BTreeMap<String, String>>"), [""; 0]);
    assert_eq!(of("#[secret_hash] hash: Option<String>").len(), 1);
}

#[test]
fn a_published_secret_hash_needs_no_attribute() {
    let of = |ty: &str| {
        let members = format!("client_id: String, username: String, secret_hash: {ty}");
        let item = item(
            AttributeMacro::Operation,
            "target = \"ResendConfirmationCode\"",
            &format!("struct Named {{ {members} }}"),
        );
        let operation = checked(|diagnostics| Operation::check(item, diagnostics)).expect("an operation");
        operation.secret_hash.map(|hash| (hash.member, hash.username, hash.client_id))
    };
    assert_eq!(of("Option<String>"), Some((2, Some(1), Some(0))));
    assert_eq!(of("String"), None);
    assert_eq!(of("Option<Text>"), None);
}

#[test]
fn keys_and_values_have_separate_bounds() {
    let of = |attributes: &str| {
        errors(&format!(
            "#[cognito_op(target = \"TagResource\", signed, response = ())] struct TagResource {{
                resource_arn: String, {attributes} tags: BTreeMap<String, String>
            }}"
        ))
    };
    assert_eq!(of("#[keys(len)] #[values(len)]"), [""; 0]);
    assert_eq!(of("#[keys(len(1, 128))] #[values(len(0, 256))]"), [""; 0]);
    assert_eq!(of("#[keys(len(0, 256))]").len(), 2);
    assert_eq!(of("#[values(len(0, 257))]").len(), 1);
}

#[test]
fn setters_do_not_replace_the_methods_of_lists() {
    let of = |options: &str, field: &str| {
        errors(&format!(
            "#[cognito_op(target = \"ListDevices\"{options})] struct ListDevices {{
                access_token: String, pagination_token: Option<String>, #[member(\"Limit\")] {field}: Option<i32>
            }}"
        ))
    };
    for field in ["pages", "items", "pages_blocking", "items_blocking"] {
        assert_eq!(of("", field), [""; 0], "{field}");
        assert_eq!(of(", paginated", field).len(), 1, "{field}");
    }
}

/// The command `cognito-op` relies on this when it prints `#[serde(default)]`.
#[test]
fn patterns_of_required_members_reject_the_empty_text() {
    let required = SERVICE.shapes().filter(|shape| shape.input).flat_map(|shape| shape.members);
    let shapes = required.filter(|member| member.required).filter_map(|member| member.shape());
    let patterns: BTreeSet<&str> = shapes.filter_map(|shape| shape.pattern).collect();
    assert!(patterns.len() > 10, "{patterns:?}");
    for text in patterns {
        let Ok(matcher) = pattern::compile(text) else { panic!("{text}") };
        assert!(matcher.excludes(Length { min: 0, max: Some(0) }), "{text}");
    }
}
