//! Messages that no fixture tells apart.

use super::member::{describe, holds, rust_type, shape_within};
use super::{Operation, Shape, advice};
use crate::attribute::{self, OPERATION, SHAPE};
use crate::diagnostic::Diagnostics;
use crate::fixtures::diagnose;
use crate::model::{self, Kind};
use crate::syntax::Item;
use syn::Type;

/// The first line of each message about an item.
fn said(source: &str) -> Vec<String> {
    let (_, messages) = diagnose(source);
    messages.iter().filter_map(|(text, _)| text.lines().next().map(str::to_owned)).collect()
}

/// What the checks make of an item, whatever they say about it.
fn checked<T>(check: impl FnOnce(&mut Diagnostics) -> T) -> T {
    let mut diagnostics = Diagnostics::default();
    let checked = check(&mut diagnostics);
    diagnostics.reported_elsewhere();
    checked
}

/// An item as the checks get it.
fn item(kind: attribute::Kind, options: &str, text: &str) -> Item {
    let mut diagnostics = Diagnostics::default();
    let options = options.parse().expect("options");
    let tokens = attribute::hand_on(kind, &options, text.parse().expect("an item"), &mut diagnostics);
    Item::parse(kind, tokens, &mut diagnostics).expect("an item")
}

#[test]
fn twenty_names_are_listed_and_more_are_not() {
    let names: Vec<String> = (0..21).map(|number| format!("Name{number}Here")).collect();
    let listed = advice("zzz", &names[..20], "otherwise");
    assert!(listed.starts_with("; it has `Name0Here`") && listed.ends_with("`Name19Here`; otherwise"), "{listed}");
    assert_eq!(advice("zzz", &names, "otherwise"), "; otherwise");
    assert_eq!(advice::<&str>("zzz", &[], "otherwise"), "; otherwise");
    let near = advice("Name3Her", &names, "otherwise");
    assert!(near.contains("did you mean `Name3Here`"), "{near}");
}

/// Where the service publishes one end alone, that is the published length.
#[test]
fn one_published_end_is_a_bound() {
    let of = |attributes: &str| {
        said(&format!(
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

/// Behind a name of one's own only the service tells what a member is.
#[test]
fn what_a_name_of_ones_own_stands_for() {
    let sign_up = |attributes: &str, member: &str| {
        said(&format!(
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

    let of_an_entry = said(
        "#[cognito_op(target = \"SignUp\", response = ())] struct SignUp {
            client_id: String, username: String,
            #[each(len(1))] user_attributes: Option<List>,
            #[keys(range(1))] #[values(range(1))] client_metadata: Option<Map>,
        }",
    );
    let expected =
        ["an entry of `List` has no length", "a key of `Map` is not a whole", "a value of `Map` is not a whole"];
    assert!(of_an_entry.iter().zip(expected).all(|(said, expected)| said.starts_with(expected)), "{of_an_entry:?}");
    assert_eq!(of_an_entry.len(), 3);

    let devices = |attributes: &str, ty: &str| {
        said(&format!(
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

/// An operation that answers with nothing has no response to be found by its name.
#[test]
fn a_flag_that_is_text_is_said_once() {
    let text = "#[cognito_op(target = \"ConfirmSignUp\", response = ())] struct ConfirmSignUp {
        client_id: String, username: String, confirmation_code: String, #[len(1)] force_alias_creation: Option<String>
    }";
    let messages = said(text);
    assert_eq!(messages.len(), 1, "{messages:?}");
    assert!(messages[0].starts_with("`ForceAliasCreation` is"), "{messages:?}");
}

#[test]
fn the_values_of_a_published_enum() {
    let of = |variants: &str| said(&format!("#[cognito_shape] enum DeliveryMediumType {{ {variants} }}"));
    assert_eq!(of("Sms, Email, Other(String)"), [""; 0]);
    assert_eq!(of("#[member(\"SMS\")] Text, Email, Other(String)"), [""; 0]);
    // What is meant for the values to come is told so once, and is no value.
    let missing = of("Sms, Email, Other");
    assert_eq!(missing.len(), 1, "{missing:?}");
    assert!(missing[0].starts_with("values come that this program does not know yet"), "{missing:?}");
    let unknown = of("Sms, #[member(\"PIGEON\")] Bird, Other(String)");
    assert_eq!(unknown.len(), 1, "{unknown:?}");
    assert!(unknown[0].contains("`PIGEON`"), "{unknown:?}");
    assert_eq!(of("Sms, Pigeon, Other(String)").len(), 1);
    assert_eq!(of("Sms, #[unmodeled] Pigeon, Other(String)"), [""; 0]);
}

#[test]
fn the_members_that_secrets_are_filled_into() {
    let of = |target: &str, members: &str| {
        said(&format!("#[cognito_op(target = \"{target}\", unmodeled, response = ())] struct Named {{ {members} }}"))
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
    // What is published of a member is where a hash belongs.
    let published = |member: &str| {
        said(&format!(
            "#[cognito_op(target = \"ConfirmSignUp\", response = ())] struct ConfirmSignUp {{
                client_id: String, username: String, confirmation_code: String, {member}
            }}"
        ))
    };
    assert_eq!(published("#[secret_hash] secret_hash: Option<String>"), [""; 0]);
    assert_eq!(published("#[secret_hash] session: Option<String>").len(), 1);
    assert_eq!(published("#[client_secret] secret_hash: Option<String>").len(), 1);
}

/// What a type of each look can hold, of each kind of shape.
#[test]
fn what_a_type_can_hold() {
    let types = ["String", "bool", "i32", "SystemTime", "Vec<u8>", "Vec<String>", "BTreeMap<String, String>", "f64"];
    let member = |shape: &str, name: &str| {
        model::shape(shape).and_then(|shape| shape.member_named(name)?.shape()).expect("a member")
    };
    let list = model::shape("EventFiltersType").expect("a list");
    for (shape, fits) in [
        (member("AttributeType", "Value"), ["String"].as_slice()),
        (member("CodeDeliveryDetailsType", "DeliveryMedium"), &["String"]),
        (member("MFAOptionType", "DeliveryMedium"), &["String"]),
        (member("UserType", "Enabled"), &["bool"]),
        (member("AuthenticationResultType", "ExpiresIn"), &["i32"]),
        (member("UserType", "UserCreateDate"), &["SystemTime"]),
        (model::shape("ImageFileType").expect("a blob"), &["Vec<u8>"]),
        (list, &["Vec<String>"]),
        (model::shape("ClientMetadataType").expect("a map"), &["BTreeMap<String, String>"]),
        (member("UserType", "Attributes"), &[]),
    ] {
        for ty in types {
            let parsed: Type = syn::parse_str(ty).expect("a type");
            assert_eq!(holds(&parsed, &shape), Some(fits.contains(&ty)), "{ty} for {}", describe(&shape));
        }
        // Nobody knows what is behind a name, wherever it stands.
        let named: Type = syn::parse_str("Named").expect("a type");
        assert_eq!(holds(&named, &shape), None);
    }
    let of = |ty: &str, shape: &str| {
        let ty: Type = syn::parse_str(ty).expect("a type");
        holds(&ty, &model::shape(shape).expect("a shape"))
    };
    assert_eq!(of("Vec<Attribute>", "AttributeListType"), None);
    assert_eq!(of("Vec<bool>", "AttributeListType"), Some(false));
    assert_eq!(of("BTreeMap<String, Named>", "ClientMetadataType"), None);
    assert_eq!(of("BTreeMap<String, bool>", "ClientMetadataType"), Some(false));
}

#[test]
fn shapes_in_words() {
    let of = |name: &str| describe(&model::shape(name).expect("a shape"));
    assert_eq!(of("AttributeType"), "a structure, `AttributeType`");
    assert_eq!(of("DeliveryMediumType"), "a string of an open enum, `DeliveryMediumType`");
    assert_eq!(of("AttributeListType"), "a list of `AttributeType`");
    assert_eq!(of("ClientMetadataType"), "a map");
    assert_eq!(of("AcrConfigurationType"), "a map to `AcrLevelConfigType`");

    let within = |name: &str| shape_within(&model::shape(name).expect("a shape"));
    assert_eq!(within("AttributeType"), Some("AttributeType"));
    assert_eq!(within("DeliveryMediumType"), Some("DeliveryMediumType"));
    assert_eq!(within("AttributeListType"), Some("AttributeType"));
    assert_eq!(within("AcrConfigurationType"), Some("AcrLevelConfigType"));
    assert_eq!((within("ClientMetadataType"), within("UsernameType")), (None, None));
}

/// What one is told to call a type leads to the shape that is meant.
#[test]
fn the_advised_name_of_a_shape_is_its_own() {
    let mut count = 0;
    for name in model::shape_names() {
        let shape = model::shape(name).expect("a shape");
        if matches!(shape.kind, Kind::Structure | Kind::Enum) {
            let advised = rust_type(&shape);
            assert_eq!(model::shape(&advised).map(|found| found.name), Some(name), "{advised}");
            count += 1;
        }
    }
    assert!(count > 300, "{count}");
}

/// The response that is found by the operation's name, where there is one.
#[test]
fn which_response_an_operation_has() {
    let of = |target: &str, options: &str, members: &str| {
        let options = format!("target = \"{target}\"{options}");
        let item = item(OPERATION, &options, &format!("struct Named {{ {members} }}"));
        let operation = checked(|diagnostics| Operation::check(item, diagnostics)).expect("an operation");
        operation.response.map(|response| response.to_string())
    };
    let token = "access_token: String";
    assert_eq!(of("GetUser", "", token).as_deref(), Some("NamedResponse"));
    assert_eq!(of("GetUser", ", response = Answer", token).as_deref(), Some("Answer"));
    assert_eq!(of("ForgetDevice", "", "device_key: String"), None);
    assert_eq!(of("GlobalSignOut", "", token), None);
    assert_eq!(of("GlobalSignOut", ", response = Answer", token).as_deref(), Some("Answer"));
    assert_eq!(of("Newer", ", unmodeled", token).as_deref(), Some("NamedResponse"));
}

/// The compiler is asked about a response that might be another.
#[test]
fn which_responses_are_compared() {
    let of = |name: &str, options: &str| {
        let options = format!("target = \"GetUser\"{options}");
        let item = item(OPERATION, &options, &format!("struct {name} {{ access_token: String }}"));
        checked(|diagnostics| Operation::check(item, diagnostics)).expect("an operation").asked.is_some()
    };
    assert!(!of("GetUser", ""), "it is called as in the API");
    assert!(of("WhoAmI", ""));
    assert!(of("GetUser", ", response = Answer"));
    assert!(!of("GetUser", ", response = ()"));
    assert!(!of("WhoAmI", ", unmodeled"));
}

/// A shape is for requests, for answers or for both; one that borrows is for requests alone.
#[test]
fn what_a_shape_is_for() {
    let of = |options: &str, generics: &str, ty: &str| {
        let text = format!("struct Named{generics} {{ name: {ty} }}");
        let item = item(SHAPE, options, &text);
        let shape = checked(|diagnostics| Shape::check(item, diagnostics));
        (shape.input, shape.output)
    };
    assert_eq!(of("", "", "String"), (true, true));
    assert_eq!(of("input", "", "String"), (true, false));
    assert_eq!(of("output", "", "String"), (false, true));
    assert_eq!(of("", "<'a>", "&'a str"), (true, false));
    assert_eq!(of("output", "<'a>", "&'a str"), (false, false));
}

/// A request has what the service requires; of an answer one reads what one likes.
#[test]
fn only_requests_have_to_be_complete() {
    let of =
        |options: &str| said(&format!("#[cognito_shape{options}] struct AttributeType {{ value: Option<String> }}"));
    assert_eq!(of("").len(), 1);
    assert_eq!(of("(input)").len(), 1);
    assert_eq!(of("(output)"), [""; 0]);
}

#[test]
fn a_name_of_an_operation_is_not_endless() {
    let of = |length: usize| {
        let target = "a".repeat(length);
        said(&format!(
            "#[cognito_op(target = \"{target}\", unmodeled, response = ())] struct Named {{ token: String }}"
        ))
    };
    assert_eq!(of(128), [""; 0]);
    let long = of(1000);
    assert!(long.len() == 1 && long[0].len() < 250, "{long:?}");
}

/// The user name of a hash within a map is an entry of the map.
#[test]
fn only_a_hash_beside_a_user_name_needs_it() {
    let of = |members: &str| {
        said(&format!(
            "#[cognito_op(target = \"Newer\", unmodeled, response = ())] struct Newer {{ client_id: String, {members} }}"
        ))
    };
    assert_eq!(of("#[secret_hash] map: Option<BTreeMap<String, String>>"), [""; 0]);
    assert_eq!(of("#[secret_hash] hash: Option<String>").len(), 1);
}

/// The hash of a published operation is filled in whether it is marked or not.
#[test]
fn a_published_hash_needs_no_mark() {
    let of = |ty: &str| {
        let members = format!("client_id: String, username: String, secret_hash: {ty}");
        let item = item(OPERATION, "target = \"ResendConfirmationCode\"", &format!("struct Named {{ {members} }}"));
        let operation = checked(|diagnostics| Operation::check(item, diagnostics)).expect("an operation");
        operation.secret_hash.map(|hash| (hash.member, hash.username, hash.client_id))
    };
    assert_eq!(of("Option<String>"), Some((2, Some(1), Some(0))));
    assert_eq!(of("String"), None);
    assert_eq!(of("Option<Text>"), None);
}

/// What is published of the keys of a map is not what is published of its values.
#[test]
fn keys_and_values_have_bounds_of_their_own() {
    let of = |attributes: &str| {
        said(&format!(
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
