//! The arguments of `new` and of setters: values, lists, maps, and an `Option` of each.

#![deny(warnings)]

use cognito_op::{cognito_op, cognito_shape};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

#[cognito_op(target = "SignUp", response = ())]
#[derive(Clone)]
pub struct SignUp<'a> {
    #[client_id]
    pub client_id: Option<String>,
    pub username: &'a str,
    pub password: Option<Cow<'a, str>>,
    pub user_attributes: Option<Vec<Attribute<'a>>>,
    pub client_metadata: Option<BTreeMap<String, String>>,
    #[unmodeled]
    pub names: Option<Vec<&'a str>>,
    #[unmodeled]
    pub nested: Option<Vec<Vec<String>>>,
    #[unmodeled]
    pub numbers: Option<HashMap<&'a str, i32>>,
}

#[cognito_shape(AttributeType)]
#[derive(Clone)]
pub struct Attribute<'a> {
    pub name: &'a str,
    pub value: Option<Cow<'a, str>>,
}

impl<'a, V: Into<Cow<'a, str>>> From<(&'a str, V)> for Attribute<'a> {
    fn from((name, value): (&'a str, V)) -> Self {
        Self::new(name).value(value)
    }
}

#[cognito_op(target = "Future", unmodeled, response = ())]
pub struct Required {
    pub list: Vec<String>,
    pub map: HashMap<String, Vec<i64>>,
    pub boxed: Box<str>,
    pub kind: Kind,
    pub limit: Option<i32>,
    pub enabled: Option<bool>,
    pub other: Option<Kind>,
    pub blob: Option<Vec<u8>>,
}

#[cognito_shape]
#[derive(Clone, PartialEq)]
pub enum Kind {
    One,
    Other(String),
}

#[cognito_shape(output)]
pub struct Response {
    pub kinds: Vec<Kind>,
    pub count: Option<i32>,
    pub kinds_by_name: Option<BTreeMap<String, Kind>>,
}

/// Passes generic arguments to setters.
fn generic(password: impl Into<String>, attributes: Option<impl IntoIterator<Item = (&'static str, String)>>) {
    let operation = SignUp::new("alice").password(password.into()).user_attributes(attributes);
    assert!(operation.password.is_some() && operation.user_attributes.is_some());
}

#[allow(clippy::missing_panics_doc)]
pub fn main() {
    let (name, owned) = (String::from("alice"), String::from("owned"));
    let operation = SignUp::new(name.as_str())
        .client_id(Some("1example23456789"))
        .password(owned.as_str())
        .user_attributes([("email", "alice@example.com"), ("name", name.as_str())])
        .client_metadata([("language", "de")])
        .names(["one", &name])
        .nested([vec!["deep".to_owned()]])
        .numbers([("one", 1)]);
    assert_eq!(operation.user_attributes.as_ref().map(Vec::len), Some(2));
    assert_eq!(operation.names, Some(vec!["one", "alice"]));
    let operation = operation
        .client_id(None::<String>)
        .password(Some(owned.clone()))
        .user_attributes(Some(vec![Attribute::new("email")]))
        .client_metadata(HashMap::from([("language", owned.clone())]))
        .names(BTreeSet::from(["one"]))
        .nested(None::<Vec<Vec<String>>>)
        .numbers(Some(BTreeMap::from([("one", 1)])));
    assert_eq!((&operation.client_id, &operation.nested), (&None, &None));
    let operation = operation.client_metadata(Some(BTreeMap::from([(owned.clone(), owned.clone())])));
    assert_eq!(operation.client_metadata.as_ref().map(BTreeMap::len), Some(1));
    let metadata = operation.client_metadata.clone().unwrap_or_default();
    assert_eq!(operation.client_metadata(&metadata).client_metadata, Some(metadata));
    generic("password", Some([("email", name)]));

    let names = ["one", "two"];
    let required = Required::new(names, [("one", [1])].map(|(key, value)| (key, value.to_vec())), "boxed", "ONE")
        .limit(60)
        .enabled(Some(true))
        .other("TWO")
        .blob(b"bytes");
    assert_eq!((required.list.len(), &required.kind), (2, &Kind::One));
    let required = required.limit(Some(5)).other(Some(Kind::One)).blob(Some(vec![1]));
    assert_eq!((required.limit, required.other), (Some(5), Some(Kind::One)));

    let response = Response::new(["ONE"]).count(Some(2)).kinds_by_name([("one", Kind::One)]);
    assert_eq!((response.kinds.len(), response.count), (1, Some(2)));
}
