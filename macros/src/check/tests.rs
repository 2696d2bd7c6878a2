//! Messages that no fixture tells apart.

use super::advice;
use crate::fixtures::diagnose;

/// The first line of each message about an item.
fn said(source: &str) -> Vec<String> {
    let (_, messages) = diagnose(source);
    messages.iter().filter_map(|(text, _)| text.lines().next().map(str::to_owned)).collect()
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
