//! All types and attributes of members.

#![deny(warnings)]

use cognito_op::{InputValue, OutputValue, cognito_op, cognito_shape};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::time::SystemTime;

type Text = String;
type Many<T> = Vec<T>;

#[cognito_op(target = "Future", unmodeled, response = Response, idempotent = true)]
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Everything {
    #[len(6)]
    #[pattern("[0-9]{6}")]
    pub string: String,
    #[len(min = 1)]
    pub boxed: Option<Box<str>>,
    pub cow: Option<Cow<'static, str>>,
    pub borrowed: Option<&'static str>,
    pub boolean: bool,
    #[range(0, 60)]
    pub integer: i32,
    #[range(min = -5)]
    pub long: Option<i64>,
    pub time: Option<SystemTime>,
    #[len(max = 1_000_000)]
    pub blob: Option<Vec<u8>>,
    #[len(1, 5)]
    #[each(len(1, 32), pattern(r"[\w]+"))]
    pub list: Vec<String>,
    #[keys(len(1, 32))]
    #[values(len(max = 256))]
    pub map: BTreeMap<String, String>,
    #[values(range(max = 3))]
    pub hash_map: Option<HashMap<String, i32>>,
    pub document: Option<serde_json::Value>,
    #[cfg(any())]
    pub never: Option<Missing>,
    pub nested: Option<Nested>,
    pub nested_list: Option<Many<Nested>>,
    pub alias: Option<Text>,
    #[sensitive]
    #[member("UPPERCase")]
    pub named: Option<String>,
}

#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
pub struct Nested {
    pub kind: Kind,
    pub attributes: Option<Vec<AttributeType>>,
}

#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
pub enum Kind {
    One,
    #[member("number-two")]
    Two,
    Other(String),
}

#[cognito_shape]
#[derive(Clone, PartialEq, Eq)]
pub struct AttributeType {
    #[len]
    #[pattern]
    pub name: String,
    #[unmodeled]
    #[len(max = 4096)]
    pub value: Option<String>,
}

#[cognito_shape(output)]
pub struct Response {
    pub at: SystemTime,
    pub count: i32,
    pub nested: Vec<Nested>,
    pub blob: Option<Vec<u8>>,
    pub document: Option<serde_json::Value>,
}

#[cognito_op(target = "InitiateAuth", response = ())]
pub struct InitiateAuth {
    pub auth_flow: AuthFlow,
    pub client_id: String,
    #[secret_hash]
    pub auth_parameters: Option<BTreeMap<String, String>>,
}

#[cognito_shape(AuthFlowType)]
pub enum AuthFlow {
    UserSrpAuth,
    RefreshTokenAuth,
    Other(String),
}

#[cognito_op(target = "RespondToAuthChallenge", response = ())]
pub struct RespondToAuthChallenge<'a> {
    pub challenge_name: &'a str,
    pub client_id: &'a str,
    #[secret_hash(key = "SECRET_HASH", username = "USER_ID_FOR_SRP")]
    pub challenge_responses: HashMap<&'a str, Cow<'a, str>>,
    #[len(20, 8192)]
    pub session: Option<&'a str>,
}

#[cognito_op(target = "RevokeToken")]
pub struct RevokeToken {
    pub token: String,
    pub client_id: String,
    #[client_secret]
    pub client_secret: Option<String>,
}

#[cognito_op(target = "GetClientToken", response = ())]
pub struct GetClientToken {
    #[client_id]
    pub client_id: Option<String>,
    #[client_secret]
    pub secret: Option<Text>,
}

#[cognito_op(target = "AdminConfirmSignUp", signed)]
pub struct AdminConfirmSignUp {
    pub user_pool_id: String,
    pub username: String,
}

/// One response type for three operations with identical outputs.
#[cognito_shape(ForgotPasswordResponse)]
pub struct CodeSent {
    pub code_delivery_details: Option<CodeDeliveryDetails>,
}

#[cognito_shape]
pub struct CodeDeliveryDetails {
    pub destination: Option<String>,
}

#[cognito_op(target = "ForgotPassword", response = CodeSent)]
pub struct ForgotPassword {
    #[client_id]
    pub client_id: Option<Text>,
    pub username: String,
}

type ResendConfirmationCodeResponse = CodeSent;

#[cognito_op(target = "ResendConfirmationCode")]
pub struct ResendConfirmationCode {
    pub client_id: String,
    pub username: String,
}

/// The app client's id in a member that the service does not publish.
#[cognito_op(target = "Future", unmodeled, response = ())]
pub struct OfAppClient<'a> {
    #[client_id]
    pub app_client: Option<&'a str>,
}

/// Members with the names of prelude items.
#[cognito_op(target = "Future", unmodeled, response = ())]
#[allow(non_snake_case)]
pub struct Capitals {
    pub None: String,
    pub Ok: i32,
    pub Err: Option<String>,
}

#[allow(clippy::missing_const_for_fn)]
pub fn main() {
    fn both<T: InputValue + OutputValue>() {}
    both::<Nested>();
    both::<Vec<BTreeMap<String, Kind>>>();
}
