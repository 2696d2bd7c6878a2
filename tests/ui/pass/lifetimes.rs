//! Operations and shapes that borrow their members, generic ones, and private ones in a function.

#![deny(warnings)]

use cognito_op::{InputValue, cognito_op, cognito_shape};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

#[cognito_op(target = "ResendConfirmationCode", response = ())]
#[derive(Clone)]
pub struct Resend<'a> {
    #[len(1, 128)]
    pub client_id: &'a str,
    #[pattern(r"[\w+]+")]
    pub username: Cow<'a, str>,
    #[secret_hash]
    pub secret_hash: Option<&'a str>,
    pub client_metadata: Option<HashMap<&'a str, Cow<'a, str>>>,
    pub user_context_data: Option<UserContextData<'a>>,
}

#[cognito_shape]
#[derive(Clone)]
pub struct UserContextData<'a> {
    pub ip_address: Option<&'a str>,
    #[len(max = 131072)]
    pub encoded_data: Option<Cow<'a, str>>,
}

#[cognito_op(target = "Future", unmodeled, response = ())]
pub struct Future<'client, T, const N: usize>
where
    T: InputValue + Clone,
{
    pub r#type: T,
    pub many: Vec<T>,
    pub more: Option<BTreeMap<String, Vec<T>>>,
    pub name: &'client str,
}

/// An operation with two lifetimes.
#[cognito_op(target = "ConfirmSignUp", response = ())]
pub struct ConfirmSignUp<'settings, 'request> {
    pub client_id: &'settings str,
    pub username: &'request str,
    pub confirmation_code: &'static str,
    pub secret_hash: Option<Constant>,
}

type Constant = &'static str;

#[cognito_op(target = "SignUp", response = ())]
pub struct SignUp<'a, 'b> {
    pub client_id: Cow<'a, str>,
    pub username: Cow<'b, str>,
    pub password: Option<Cow<'static, str>>,
    pub user_attributes: Option<Vec<Attribute<'a>>>,
    pub validation_data: Option<Vec<Attribute<'b>>>,
}

#[cognito_shape(AttributeType)]
pub struct Attribute<'a> {
    pub name: &'a str,
}

/// Types with a parameter that differ only in their lifetimes.
#[cognito_op(target = "Future", unmodeled, response = ())]
#[allow(clippy::type_complexity)]
pub struct Borrowed<'a, 'b, T: 'static> {
    pub one: Wrapped<&'a T>,
    pub two: Wrapped<&'b T>,
    pub constant: Option<Wrapped<&'static T>>,
    pub list: Vec<Wrapped<for<'c> fn(&'c T, &'a T) -> &'c T>>,
    pub other_list: Vec<Wrapped<for<'c> fn(&'c T, &'b T) -> &'c T>>,
    #[sensitive]
    pub single: Option<Wrapped<(&'a T, &'b T)>>,
}

/// Infers its parameters from the values of its members.
#[cognito_op(target = "Future", unmodeled, response = ())]
pub struct Inferred<T, U> {
    pub value: T,
    pub list: Vec<T>,
    pub optional: Option<U>,
    pub map: Option<BTreeMap<String, T>>,
}

macro_rules! resend {
    ($name:ident, $ty:ty) => {
        #[cognito_op(target = "ResendConfirmationCode", response = ())]
        struct $name {
            client_id: $ty,
            username: $ty,
            secret_hash: Option<$ty>,
        }
    };
}

resend!(ByMacro, String);

#[allow(clippy::missing_panics_doc)]
pub fn main() {
    #[cognito_op(target = "GlobalSignOut")]
    struct GlobalSignOut {
        #[cfg(not(windows))]
        access_token: String,
        #[cfg(windows)]
        access_token: Box<str>,
        #[cfg(any())]
        never: Missing,
    }

    let name = String::from("alice");
    let operation = Resend::new("1example23456789", name.as_str())
        .user_context_data(UserContextData::new().ip_address("192.0.2.1").encoded_data("data"));
    assert!(operation.validate().is_ok());
    drop(ByMacro::new("id", "alice").secret_hash("hash"));
    let future: Future<'_, String, 3> = Future::new("kind".to_owned(), vec![], "name").more([("a".to_owned(), vec![])]);
    assert!(future.validate().is_ok());
    let operation = ConfirmSignUp::new("1example23456789", name.as_str(), "123456");
    assert!(operation.validate().is_ok());
    let operation = SignUp::new("1example23456789", name.as_str()).user_attributes([Attribute::new("email")]);
    assert!(operation.validate().is_ok());
    let wrapped = || Wrapped("wrapped".to_owned(), std::marker::PhantomData::<&String>);
    let operation = Borrowed::new(wrapped(), wrapped(), vec![], vec![]);
    assert!(operation.validate().is_ok());
    let operation = Inferred::new("one", vec!["two"]).optional(3).map([("key".to_owned(), "four")]);
    assert!(operation.validate().is_ok());
    assert_eq!(format!("{:?}", GlobalSignOut::new("token")), "GlobalSignOut { access_token: [redacted] }");
}

/// An unmodeled operation with an optional client id.
#[cognito_op(target = "Future", unmodeled, response = ())]
#[allow(dead_code)]
struct OptionalClientId {
    client_id: Option<String>,
    username: Option<Cow<'static, str>>,
    #[secret_hash]
    secret_hash: Option<String>,
}

/// A generic shape for requests and responses.
#[cognito_shape]
pub struct Generic<T> {
    pub one: Option<T>,
    pub many: Vec<T>,
}

/// A generic type of a member, with parameters whose syntax only the compiler understands.
#[derive(Debug)]
pub struct Wrapped<T>(String, std::marker::PhantomData<T>);

impl<T> InputValue for Wrapped<T> {
    const SHAPE: cognito_op::Shape = cognito_op::Shape::String;
    fn write(&self, writer: &mut cognito_op::Writer<'_>) {
        self.0.write(writer);
    }
}

pub trait Has {
    type Token;
}

impl Has for BehindNames<'_> {
    type Token = String;
}

#[cognito_op(target = "ConfirmSignUp", response = ())]
#[allow(dead_code)]
struct BehindNames<'a> {
    client_id: Wrapped<for<'b> fn(&'b str) -> &'b str>,
    username: Wrapped<fn(&'a str, &'a str) -> &'a str>,
    confirmation_code: <Self as Has>::Token,
}

#[cognito_op(target = "GetUser", response = Response<T>)]
#[allow(dead_code)]
struct GenericResponseType<T: cognito_op::OutputValue> {
    access_token: String,
    #[unmodeled]
    unused: Option<Wrapped<T>>,
}

#[cognito_shape(output)]
#[allow(dead_code)]
struct Response<T> {
    inner: Option<T>,
}

/// A borrowed request for pages of a generic response.
#[cognito_op(target = "ListDevices", response = Devices<T>, paginated)]
pub struct ListDevices<'a, T: cognito_op::OutputValue> {
    pub access_token: &'a str,
    pub pagination_token: Option<String>,
    #[unmodeled]
    pub unused: Option<Wrapped<T>>,
}

#[cognito_shape(ListDevicesResponse, output)]
pub struct Devices<T> {
    #[unmodeled]
    pub devices: Vec<T>,
    pub pagination_token: Option<String>,
}

pub mod aws {
    #[cognito_op::cognito_shape(unmodeled)]
    pub struct Thing {
        pub x: Option<String>,
    }
}

/// A deprecated type with the same name as the type of a member.
#[cognito_shape(unmodeled)]
#[deprecated]
pub struct Thing {
    pub thing: Option<aws::Thing>,
    #[deprecated]
    pub old: Option<String>,
}

macro_rules! picture {
    ($byte:ty) => {
        #[cognito_op(target = "SetUICustomization", signed, response = ())]
        #[allow(dead_code)]
        struct Picture {
            user_pool_id: String,
            image_file: Option<Vec<$byte>>,
        }
    };
}

picture!(u8);

mod locals {
    #![allow(dead_code, non_upper_case_globals, non_camel_case_types)]

    static formatter: i32 = 1;
    static visitor: i32 = 1;
    struct value;
    struct members;

    #[cognito_op::cognito_shape(unmodeled)]
    struct Own {
        one: Option<super::Kind>,
    }
}

#[cognito_shape]
pub enum Kind {
    One,
    Other(String),
}
