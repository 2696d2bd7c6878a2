//! Requests, and the checks that precede every operation.

use super::app_client::AppClient;
use super::{Exception, exception};
use serde_json::{Map, Value};

/// A received request.
#[derive(Clone)]
pub struct Request {
    /// The request line and the headers.
    pub head: Vec<String>,
    pub body: String,
}

impl Request {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let headers = self.head.iter().skip(1).filter_map(|line| line.split_once(':'));
        headers.filter(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim()).next()
    }

    /// Returns whether the request is for the public keys of a user pool, given its id without the region.
    pub(super) fn is_for_keys(&self, pool: &str) -> bool {
        let line = self.head.first().map_or("", String::as_str);
        let path = line.strip_prefix("GET ").and_then(|line| line.strip_suffix(" HTTP/1.1")).unwrap_or_default();
        path.ends_with(&format!("_{pool}/.well-known/jwks.json"))
    }

    /// Returns the name of the operation and its members.
    pub(super) fn call(&self) -> Result<(&str, Members), Exception> {
        let target = self.header("x-amz-target").unwrap_or_default();
        let operation = target.strip_prefix("AWSCognitoIdentityProviderService.").unwrap_or_default();
        if self.head.first().map(String::as_str) != Some("POST / HTTP/1.1")
            || self.header("content-type") != Some("application/x-amz-json-1.1")
            || operation.is_empty()
        {
            return Err(exception("UnknownOperationException", ""));
        }
        match serde_json::from_str(&self.body) {
            Ok(Value::Object(members)) => Ok((operation, Members(members))),
            _ => Err(exception("SerializationException", "Start of structure or map found where not expected.")),
        }
    }
}

/// The members of a request.
pub(super) struct Members(Map<String, Value>);

impl Members {
    /// Returns a string, which is empty if the member is missing.
    pub(super) fn text(&self, name: &str) -> &str {
        self.get(name).unwrap_or_default()
    }

    /// Returns a string in a map or structure, which is empty if it is missing.
    pub(super) fn entry(&self, map: &str, name: &str) -> &str {
        self.inner(map, name).and_then(Value::as_str).unwrap_or_default()
    }

    /// Returns a document, which is `null` if the member is missing.
    pub(super) fn document(&self, name: &str) -> &Value {
        self.0.get(name).unwrap_or(&Value::Null)
    }

    pub(super) fn flag(&self, structure: &str, name: &str) -> Option<bool> {
        self.inner(structure, name)?.as_bool()
    }

    /// Returns the value of a user attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let attributes = self.0.get("UserAttributes")?.as_array()?;
        attributes.iter().find(|attribute| attribute["Name"] == name)?["Value"].as_str()
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.as_str()
    }

    fn inner(&self, outer: &str, name: &str) -> Option<&Value> {
        self.0.get(outer)?.get(name)
    }

    /// Returns the user name of a request with members for the app client and the user. The order of the checks is that
    /// of the service.
    pub(super) fn username(&self, client: AppClient) -> Result<&str, Exception> {
        let mut errors = Vec::new();
        check(&mut errors, "clientId", self.get("ClientId"), r"[\w+]+", word);
        let visible = |c: char| !c.is_whitespace() && !c.is_control();
        check(&mut errors, "username", self.get("Username"), r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+", visible);
        if self.0.contains_key("SecretHash") {
            let hash = |c| word(c) || c == '=' || c == '/';
            check(&mut errors, "secretHash", self.get("SecretHash"), r"[\w+=/]+", hash);
        }
        reject(&errors)?;
        client.check_id(self.text("ClientId"))?;
        let username = self.text("Username");
        client.check_hash(username, self.get("SecretHash"), "Unable to verify secret hash for client ")?;
        Ok(username)
    }

    /// Returns the user name of a request that contains it and the secret hash in a map.
    pub(super) fn username_of(&self, map: &str, client: AppClient) -> Result<&str, Exception> {
        self.check_client(client)?;
        let username = self.entry(map, "USERNAME");
        if username.is_empty() {
            return Err(exception("InvalidParameterException", "Missing required parameter USERNAME"));
        }
        let hash = self.inner(map, "SECRET_HASH").and_then(Value::as_str);
        client.check_hash(username, hash, "Unable to verify secret hash for client ")?;
        Ok(username)
    }

    /// Checks the secret hash of a refresh, a request without a user name.
    pub(super) fn check_refresh(&self, username: &str, client: AppClient) -> Result<(), Exception> {
        let hash = self.inner("AuthParameters", "SECRET_HASH").and_then(Value::as_str);
        client.check_hash(username, hash, "SecretHash does not match for the client: ")
    }

    /// Checks the app client.
    pub(super) fn check_client(&self, client: AppClient) -> Result<(), Exception> {
        let mut errors = Vec::new();
        check(&mut errors, "clientId", self.get("ClientId"), r"[\w+]+", word);
        reject(&errors)?;
        client.check_id(self.text("ClientId"))
    }

    /// Checks the app client and its secret, which the request contains in plain text.
    pub(super) fn check_client_and_secret(&self, client: AppClient) -> Result<(), Exception> {
        self.check_client(client)?;
        client.check_secret(self.get("ClientSecret"))
    }
}

fn word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '+'
}

fn check(errors: &mut Vec<String>, path: &str, value: Option<&str>, pattern: &str, allowed: impl Fn(char) -> bool) {
    let Some(value) = value else {
        errors.push(format!("Value null at '{path}' failed to satisfy constraint: Member must not be null"));
        return;
    };
    let mut failed = |constraint: String| {
        errors.push(format!("Value at '{path}' failed to satisfy constraint: Member must {constraint}"));
    };
    if value.is_empty() {
        failed("have length greater than or equal to 1".to_owned());
    }
    if value.chars().count() > 128 {
        failed("have length less than or equal to 128".to_owned());
    }
    if value.is_empty() || !value.chars().all(allowed) {
        failed(format!("satisfy regular expression pattern: {pattern}"));
    }
}

fn reject(errors: &[String]) -> Result<(), Exception> {
    if errors.is_empty() {
        return Ok(());
    }
    let (count, plural) = (errors.len(), if errors.len() == 1 { "" } else { "s" });
    let message = format!("{count} validation error{plural} detected: {}", errors.join("; "));
    Err(exception("InvalidParameterException", message))
}
