//! The domain of the user pools: the login page and the OAuth 2.0 endpoints. Each app client accepts every callback URL
//! on the loopback interface.

use super::pool::{Pool, Pools, random};
use super::request::Request;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// An authorization code that has not been exchanged yet.
pub(super) struct Code {
    username: String,
    redirect_uri: String,
    challenge: String,
    nonce: String,
}

/// A response of the domain.
pub(super) enum Page {
    Html(u16, String),
    Redirect(String),
    Json(u16, Value),
}

type Form = BTreeMap<String, String>;

/// The error of an OAuth 2.0 endpoint.
type Rejected = (u16, &'static str, &'static str);

impl Page {
    /// Returns the status, a header and the body.
    pub(super) fn parts(self) -> (u16, String, String) {
        match self {
            Self::Html(status, body) => (status, "content-type: text/html\r\n".to_owned(), body),
            Self::Redirect(url) => (302, format!("location: {url}\r\n"), String::new()),
            Self::Json(status, Value::Null) => (status, String::new(), String::new()),
            Self::Json(status, body) => (status, "content-type: application/json\r\n".to_owned(), body.to_string()),
        }
    }
}

impl Pools {
    /// Returns a page of the domain, or `None` if the request is for another path.
    pub(super) fn page(&mut self, request: &Request) -> Option<Page> {
        let (method, target) = request.head.first()?.strip_suffix(" HTTP/1.1")?.split_once(' ')?;
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let query = parse(query);
        Some(match (method, path) {
            ("GET", "/oauth2/authorize") => self.authorize(&query),
            ("POST", "/login") => self.log_in(&query, &parse(&request.body)),
            ("GET", "/logout") => match query.get("logout_uri") {
                Some(url) => Page::Redirect(url.clone()),
                None => self.authorize(&query),
            },
            ("POST", "/oauth2/token") => respond(self.token(request)),
            ("POST", "/oauth2/revoke") => respond(self.revoke(request)),
            ("GET", "/oauth2/userInfo") => respond(self.user_info(request)),
            _ => return None,
        })
    }

    fn authorize(&mut self, query: &Form) -> Page {
        match self.check_authorize(query) {
            Ok(_) => {
                let page = format!(
                    "<form method=\"post\" action=\"/login?{}\"><input name=\"username\"><input name=\"password\" \
                     type=\"password\"><button>Sign in</button></form>",
                    form(query)
                );
                Page::Html(200, page)
            }
            Err(text) => Page::Html(400, text.to_owned()),
        }
    }

    fn check_authorize(&mut self, query: &Form) -> Result<&mut Pool, &'static str> {
        let is_loopback = text(query, "redirect_uri").starts_with("http://127.0.0.1:");
        if text(query, "response_type") != "code" || !is_loopback || text(query, "code_challenge_method") != "S256" {
            return Err("The request is not valid.");
        }
        let id = text(query, "client_id");
        self.0.iter_mut().find(|pool| pool.client.id == id).ok_or("There is no such app client.")
    }

    fn log_in(&mut self, query: &Form, form: &Form) -> Page {
        let pool = match self.check_authorize(query) {
            Ok(pool) => pool,
            Err(text) => return Page::Html(400, text.to_owned()),
        };
        let username = text(form, "username");
        if !pool.users.get(username).is_some_and(|user| user.confirmed && user.password == text(form, "password")) {
            return Page::Html(200, "Incorrect username or password.".to_owned());
        }
        let code = URL_SAFE_NO_PAD.encode(random());
        let issued = Code {
            username: username.to_owned(),
            redirect_uri: text(query, "redirect_uri").to_owned(),
            challenge: text(query, "code_challenge").to_owned(),
            nonce: text(query, "nonce").to_owned(),
        };
        pool.codes.insert(code.clone(), issued);
        let state = text(query, "state").to_owned();
        let callback = Form::from([("code".to_owned(), code), ("state".to_owned(), state)]);
        Page::Redirect(format!("{}?{}", text(query, "redirect_uri"), self::form(&callback)))
    }

    fn token(&mut self, request: &Request) -> Result<Value, Rejected> {
        let form = parse(&request.body);
        let pool = self.authenticate(request, &form)?;
        match text(&form, "grant_type") {
            "authorization_code" => pool.exchange(&form),
            "refresh_token" => {
                let tokens = pool.grants.refresh(text(&form, "refresh_token"), &pool.users, pool.client);
                tokens.map(|tokens| tokens_of(&tokens)).ok_or((400, "invalid_grant", "Invalid Refresh Token"))
            }
            "client_credentials" if pool.client.secret.is_some() => {
                Ok(pool.grants.issue_to(pool.client, text(&form, "scope")))
            }
            _ => Err((400, "unsupported_grant_type", "")),
        }
    }

    fn revoke(&mut self, request: &Request) -> Result<Value, Rejected> {
        let form = parse(&request.body);
        self.authenticate(request, &form)?.grants.revoke(text(&form, "token"));
        Ok(Value::Null)
    }

    /// Returns the pool whose app client has sent a request.
    fn authenticate(&mut self, request: &Request, form: &Form) -> Result<&mut Pool, Rejected> {
        let basic = request.header("authorization").and_then(|header| header.strip_prefix("Basic "));
        let (id, secret) = match basic {
            Some(basic) => {
                let decoded = STANDARD.decode(basic).ok().and_then(|bytes| String::from_utf8(bytes).ok());
                let decoded = decoded.unwrap_or_default();
                let (id, secret) = decoded.split_once(':').unwrap_or_default();
                (decode(id), Some(decode(secret)))
            }
            None => (text(form, "client_id").to_owned(), None),
        };
        let is_it = |pool: &&mut Pool| pool.client.id == id && pool.client.secret == secret.as_deref();
        self.0.iter_mut().find(is_it).ok_or((401, "invalid_client", "Invalid client credentials."))
    }

    fn user_info(&mut self, request: &Request) -> Result<Value, Rejected> {
        let token =
            request.header("authorization").and_then(|header| header.strip_prefix("Bearer ")).unwrap_or_default();
        let found = self.0.iter().find_map(|pool| {
            let username = pool.grants.holder(token).ok()?.to_owned();
            Some((username.clone(), pool.users.get(&username)?))
        });
        let (username, user) = found.ok_or((401, "invalid_token", "The access token is expired or revoked"))?;
        Ok(json!({ "sub": user.sub, "username": username, "email": user.email, "email_verified": "true" }))
    }
}

impl Pool {
    fn exchange(&mut self, form: &Form) -> Result<Value, Rejected> {
        // A code is valid for one request, even if other parameters of the request are wrong.
        let code = self.codes.remove(text(form, "code")).ok_or((400, "invalid_grant", ""))?;
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(text(form, "code_verifier")));
        if code.redirect_uri != text(form, "redirect_uri") || code.challenge != challenge {
            return Err((400, "invalid_grant", ""));
        }
        let user = self.users.get(&code.username).ok_or((400, "invalid_grant", ""))?;
        Ok(tokens_of(&self.grants.grant(&code.username, user, self.client, Some(&code.nonce))))
    }
}

/// Returns the tokens with the names of OAuth 2.0.
fn tokens_of(tokens: &Value) -> Value {
    let mut renamed = json!({ "token_type": "Bearer" });
    for (name, member) in [
        ("access_token", "AccessToken"),
        ("id_token", "IdToken"),
        ("refresh_token", "RefreshToken"),
        ("expires_in", "ExpiresIn"),
    ] {
        if !tokens[member].is_null() {
            renamed[name] = tokens[member].clone();
        }
    }
    renamed
}

fn respond(outcome: Result<Value, Rejected>) -> Page {
    match outcome {
        Ok(body) => Page::Json(200, body),
        Err((status, error, description)) => {
            Page::Json(status, json!({ "error": error, "error_description": description }))
        }
    }
}

fn text<'f>(form: &'f Form, name: &str) -> &'f str {
    form.get(name).map_or("", String::as_str)
}

fn parse(form: &str) -> Form {
    let pair = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decode(name), decode(value))
    };
    form.split('&').map(pair).collect()
}

fn form(values: &Form) -> String {
    let encode = |text: &String| {
        text.bytes().fold(String::new(), |mut encoded, byte| {
            let _ = write!(encoded, "%{byte:02X}");
            encoded
        })
    };
    values.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect::<Vec<_>>().join("&")
}

fn decode(text: &str) -> String {
    let mut bytes = text.bytes();
    let mut decoded = Vec::new();
    while let Some(byte) = bytes.next() {
        decoded.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digits: String = bytes.by_ref().take(2).map(char::from).collect();
                u8::from_str_radix(&digits, 16).unwrap_or(b'?')
            }
            _ => byte,
        });
    }
    String::from_utf8_lossy(&decoded).into_owned()
}
