//! A form of a web page: its rules, the struct of the submitted values, and its violations.

#![allow(missing_docs, clippy::expect_used)]

use cognito_op::{Structure as _, Violations, cognito_op, cognito_shape, wire};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The body that a browser sends, which is also the operation that is sent to the service.
#[cognito_op(target = "SignUp", response = ())]
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SignUp {
    #[serde(skip)]
    client_id: String,
    #[serde(rename = "email")]
    #[len]
    #[pattern]
    username: String,
    #[len]
    password: Option<String>,
    #[serde(default)]
    user_attributes: Option<Vec<Attribute>>,
    #[keys(len(1, 4))]
    #[values(len(max = 3))]
    client_metadata: Option<BTreeMap<String, String>>,
    #[serde(skip)]
    secret_hash: Option<String>,
    #[member("UserContextData")]
    context: Option<Context>,
}

#[cognito_shape(AttributeType)]
#[derive(Deserialize)]
struct Attribute {
    #[serde(rename = "attribute-name")]
    #[len]
    name: String,
    #[len]
    value: Option<String>,
}

#[cognito_shape(UserContextDataType)]
#[derive(Deserialize)]
struct Context {
    ip_address: Option<String>,
}

#[cognito_op(target = "ListDevices", response = ())]
struct ListDevices {
    access_token: String,
    #[range]
    limit: Option<i32>,
}

#[cognito_shape]
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
enum DeliveryMedium {
    Sms,
    Email,
    Other(String),
}

#[cognito_shape]
#[derive(PartialEq)]
struct CodeDeliveryDetails {
    destination: Option<String>,
    delivery_medium: Option<DeliveryMedium>,
    attribute_name: Option<String>,
}

#[cognito_shape(unmodeled)]
struct Everything {
    zulu: String,
    alpha: Option<Vec<CodeDeliveryDetails>>,
    map: Option<BTreeMap<String, i32>>,
    flag: Option<bool>,
    any: Option<Value>,
    data: Option<Vec<u8>>,
    at: Option<std::time::SystemTime>,
}

#[test]
fn the_rules_of_a_form() {
    let rules = serde_json::to_value(SignUp::MEMBERS).expect("rules");
    let by_name = |name: &str| {
        let rules = rules.as_array().expect("an array").iter();
        rules.clone().find(|rule| rule["name"] == name).unwrap_or_else(|| panic!("{name} in {rules:?}"))
    };
    assert_eq!(
        by_name("email"),
        &json!({
            "name": "email", "member": "Username", "required": true, "sensitive": true, "type": "string",
            "minLength": 1, "maxLength": 128, "maxLengthUtf16": 256,
            "pattern": r"[\p{L}\p{M}\p{S}\p{N}\p{P}\p{Cn}]+",
        })
    );
    let skipped: Vec<_> = rules.as_array().into_iter().flatten().filter(|rule| rule["name"].is_null()).collect();
    assert_eq!(skipped.len(), 2, "{skipped:?}");
    assert_eq!((&skipped[0]["member"], &skipped[0]["autoFilled"]), (&json!("ClientId"), &Value::Null));
    assert_eq!((&skipped[1]["member"], &skipped[1]["autoFilled"]), (&json!("SecretHash"), &json!(true)));
    assert_eq!(
        by_name("userAttributes"),
        &json!({
            "name": "userAttributes", "member": "UserAttributes", "required": false, "sensitive": false,
            "type": "array",
            "items": { "type": "object", "members": [
                {
                    "name": "attribute-name", "member": "Name", "required": true, "sensitive": false, "type": "string",
                    "minLength": 1, "maxLength": 32, "maxLengthUtf16": 64,
                },
                {
                    "name": "value", "member": "Value", "required": false, "sensitive": true, "type": "string",
                    "maxLength": 2048, "maxLengthUtf16": 4096,
                },
            ] },
        })
    );
    assert_eq!(
        by_name("clientMetadata"),
        &json!({
            "name": "clientMetadata", "member": "ClientMetadata", "required": false, "sensitive": true, "type": "object",
            "values": { "type": "string", "maxLength": 3, "maxLengthUtf16": 6 },
            "keys": { "minLength": 1, "maxLength": 4 },
        })
    );
    let limit = serde_json::to_value(ListDevices::MEMBERS[1]).expect("rules");
    assert_eq!((&limit["type"], &limit["minimum"], &limit["maximum"]), (&json!("integer"), &json!(0), &json!(60)));
    let medium = <DeliveryMedium as cognito_op::InputValue>::SHAPE;
    assert_eq!(serde_json::to_value(medium).expect("a type"), json!({ "type": "string", "enum": ["SMS", "EMAIL"] }));
    let constraints = SignUp::MEMBERS[4].constraints;
    assert_eq!(
        serde_json::to_value(constraints).expect("constraints"),
        json!({ "entries": { "maxLength": 3 }, "keys": { "minLength": 1, "maxLength": 4 } })
    );
}

fn violations(form: &Value) -> Violations {
    let form: SignUp = serde_json::from_value(form.clone()).expect("the form of the struct");
    form.validate().expect_err("violations")
}

#[test]
fn violations_in_the_names_of_the_form() {
    let violations = violations(&json!({
        "email": "", "password": "x",
        "userAttributes": [
            { "attribute-name": "email", "value": "a@b.example" },
            { "attribute-name": "x".repeat(33), "value": null },
        ],
        "clientMetadata": { "a\".]": "long text", "too long": "x" },
        "context": null,
    }));
    let paths: Vec<_> = violations.iter().map(|violation| (violation.path(), violation.serde_path())).collect();
    let expected = [
        ("username", "email"),
        ("username", "email"),
        ("user_attributes[1].name", "userAttributes[1].attribute-name"),
        ("client_metadata[…]", "clientMetadata[…]"),
        ("client_metadata[…].key", "clientMetadata[…].key"),
    ];
    assert_eq!(paths, expected);
    // A violation that the service reports has the same paths.
    let message = "1 validation error detected: Value at 'userAttributes.2.member.name' failed to satisfy constraint: \
        Member must not be null";
    let reported = Violations::from_message(message, SignUp::MEMBERS).expect("violations");
    let reported = reported.iter().next().expect("a violation");
    assert_eq!(reported.path(), "user_attributes[1].name");
    assert_eq!(reported.serde_path(), "userAttributes[1].attribute-name");
}

#[test]
fn paths_through_maps() {
    #[cognito_shape(unmodeled, input)]
    #[derive(Deserialize)]
    #[serde(rename_all = "UPPERCASE")]
    struct Inner {
        #[len(1)]
        text_of_it: String,
    }
    #[cognito_op(target = "Mine", unmodeled, response = ())]
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Mine {
        by_name: Option<BTreeMap<String, Vec<Inner>>>,
    }
    let mine: Mine = serde_json::from_str(r#"{"byName":{"a.[\"]b":[{"TEXT_OF_IT":""}]}}"#).expect("the form");
    let violations = mine.validate().expect_err("a violation");
    let violation = violations.iter().next().expect("a violation");
    assert_eq!(violation.path(), r"by_name[…][0].text_of_it");
    assert_eq!(violation.serde_path(), r"byName[…][0].TEXT_OF_IT");
}

#[test]
fn violations_as_json() {
    let violations = violations(&json!({ "email": "alice", "context": null, "userAttributes": [
        { "attribute-name": "x".repeat(33) },
    ] }));
    assert_eq!(
        serde_json::to_value(&violations).expect("JSON"),
        json!([{
            "path": "userAttributes[0].attribute-name", "wirePath": "userAttributes.1.member.name", "code": "too_long",
            "requirement": "must have at most 32 characters", "max": 32, "unit": "characters", "actual": 33,
        }])
    );
    let message = "3 validation errors detected: Value at 'password' failed to satisfy constraint: Member must have length \
        greater than or equal to 6; Value 'X' at 'authFlow' failed to satisfy constraint: Member must satisfy enum value \
        set: [A, B]; Value 'b c' at 'clientId' failed to satisfy constraint: Member must satisfy regular expression \
        pattern: [\\w+]+";
    let reported = Violations::from_message(message, &[]).expect("violations");
    assert_eq!(
        serde_json::to_value(&reported).expect("JSON"),
        json!([
            { "path": "password", "wirePath": "password", "code": "too_short", "min": 6,
              "requirement": "must have a length of at least 6" },
            { "path": "auth_flow", "wirePath": "authFlow", "code": "enum", "values": ["A", "B"],
              "requirement": "must be one of A, B" },
            { "path": "client_id", "wirePath": "clientId", "code": "pattern", "pattern": "[\\w+]+",
              "requirement": "must match `[\\w+]+`" },
        ])
    );
}

/// With any serializer, members have the order and the names of the wire format.
#[test]
fn shapes_as_on_the_wire() {
    #[derive(Serialize, Deserialize)]
    #[serde(transparent)]
    struct Kept(#[serde(with = "wire")] Everything);

    let details = CodeDeliveryDetails::new().destination("a***@e***").delivery_medium(DeliveryMedium::Email);
    let everything = Everything::new("z")
        .alpha([details])
        .map([("b".to_owned(), 2), ("a".to_owned(), -1)])
        .flag(true)
        .any(json!({"b": "\u{e9}\n", "y": [1.5, null, {}]}))
        .data(*b"\0\x01")
        .at(std::time::UNIX_EPOCH + std::time::Duration::from_millis(1500));
    let text = serde_json::to_string(&Kept(everything)).expect("JSON");
    let expected = r#"{"Zulu":"z","Alpha":[{"Destination":"a***@e***","DeliveryMedium":"EMAIL"}],"Map":{"a":-1,"b":2},"Flag":true,"Any":{"b":"é\n","y":[1.5,null,{}]},"Data":"AAE=","At":1.5}"#;
    assert_eq!(text, expected);
    let Kept(read) = serde_json::from_str(&text).expect("the same");
    assert_eq!(serde_json::to_value(Kept(read)).expect("JSON"), serde_json::from_str::<Value>(expected).expect("JSON"));
    assert!(serde_json::from_str::<Kept>(r#"{"Alpha":[]}"#).is_err(), "a required member is missing");
}

/// Numbers are serialized as numbers in any format, even if another crate enables `arbitrary_precision` of
/// `serde_json`.
#[test]
fn shapes_in_another_format() {
    #[derive(Serialize, Deserialize)]
    struct Kept(#[serde(with = "wire")] Everything);

    let at = std::time::UNIX_EPOCH + std::time::Duration::from_millis(1500);
    let everything = Everything::new("z").map([("a", -1), ("b", 7)]).flag(false).any(json!({ "n": null })).at(at);
    let mut bytes = Vec::new();
    ciborium::into_writer(&Kept(everything), &mut bytes).expect("CBOR");
    let value: ciborium::Value = ciborium::from_reader(bytes.as_slice()).expect("CBOR");
    assert!(!format!("{value:?}").contains("private"), "{value:?}");
    let Kept(read) = ciborium::from_reader(bytes.as_slice()).expect("the same");
    assert_eq!((read.zulu.as_str(), read.flag, read.at), ("z", Some(false), Some(at)));
    assert_eq!(read.map, Some(BTreeMap::from([("a".to_owned(), -1), ("b".to_owned(), 7)])));
    assert_eq!(read.any, Some(json!({ "n": null })));
}

#[test]
fn enums_as_the_values_of_the_service() {
    let media = [DeliveryMedium::Sms, DeliveryMedium::Other("PIGEON".to_owned())];
    let text = serde_json::to_string(&media).expect("JSON");
    assert_eq!(text, r#"["SMS","PIGEON"]"#);
    assert!(serde_json::from_str::<[DeliveryMedium; 2]>(&text).expect("the same") == media);
}
