//! The requests to the endpoints of a domain.

use super::error::OAuthError;
use crate::encoding::{encode, form};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cognito_op::http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use cognito_op::http::{Method, Request};
use cognito_op::{Body, Redactor};
use zeroize::Zeroizing;

/// The domain and the app client.
pub(super) struct App {
    /// The URL of the domain, which ends in a slash.
    pub(super) domain: String,
    pub(super) id: String,
    /// `None` for a public app client.
    pub(super) secret: Option<Zeroizing<String>>,
}

/// A request and its sensitive values.
pub(super) struct Prepared {
    pub(super) request: Request<Body>,
    pub(super) sensitive: Redactor,
}

impl App {
    /// Returns the URL of a page, with a query.
    pub(super) fn url<'p>(&self, path: &str, parameters: impl IntoIterator<Item = (&'p str, &'p str)>) -> String {
        format!("{}{path}?{}", self.domain, form(parameters))
    }

    /// Returns a request with a form and the authentication of the app client. The values are sensitive, except for
    /// those of `plain`.
    pub(super) fn post(
        &self,
        path: &str,
        plain: &[(&str, &str)],
        sensitive: &[(&str, &str)],
    ) -> Result<Prepared, OAuthError> {
        let id = self.secret.is_none().then_some(("client_id", self.id.as_str()));
        let body = form(plain.iter().chain(sensitive).copied().chain(id));
        let mut prepared = self.prepare(Method::POST, path, Body::from(body))?;
        let headers = prepared.request.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
        if let Some(authorization) = self.authorization() {
            headers.insert(AUTHORIZATION, secret_header(&authorization)?);
            prepared.sensitive.extend([authorization.as_str()]);
        }
        prepared.sensitive.extend(sensitive.iter().map(|(_, value)| value));
        Ok(prepared)
    }

    /// Returns a request with an access token.
    pub(super) fn get_with_token(&self, path: &str, token: &str) -> Result<Prepared, OAuthError> {
        let mut prepared = self.prepare(Method::GET, path, Body::default())?;
        let authorization = Zeroizing::new(format!("Bearer {token}"));
        prepared.request.headers_mut().insert(AUTHORIZATION, secret_header(&authorization)?);
        prepared.sensitive.extend([token]);
        Ok(prepared)
    }

    fn prepare(&self, method: Method, path: &str, body: Body) -> Result<Prepared, OAuthError> {
        let mut request = Request::new(body);
        *request.method_mut() = method;
        // The domain was checked.
        *request.uri_mut() = format!("{}{path}", self.domain)
            .parse()
            .map_err(|_| OAuthError::misconfigured("the URL of the domain is not valid"))?;
        request.headers_mut().insert(ACCEPT, HeaderValue::from_static("application/json"));
        let sensitive = self.secret.iter().map(|secret| secret.as_str()).collect();
        Ok(Prepared { request, sensitive })
    }

    /// Returns the Basic authentication of an app client with a secret, as in
    /// [RFC 6749, section 2.3.1](https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1): both values are encoded as in a
    /// form first.
    fn authorization(&self) -> Option<Zeroizing<String>> {
        let secret = self.secret.as_ref()?;
        let pair = Zeroizing::new(format!("{}:{}", *encode(&self.id), *encode(secret)));
        Some(Zeroizing::new(format!("Basic {}", *Zeroizing::new(STANDARD.encode(pair.as_bytes())))))
    }
}

fn secret_header(value: &str) -> Result<HeaderValue, OAuthError> {
    let mut value = HeaderValue::from_str(value)
        .map_err(|_| OAuthError::misconfigured("the access token contains a character that tokens cannot contain"))?;
    value.set_sensitive(true);
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn app(id: &str, secret: Option<&str>) -> App {
        let secret = secret.map(|secret| Zeroizing::new(secret.to_owned()));
        App { domain: "https://shop.example/".to_owned(), id: id.to_owned(), secret }
    }

    #[test]
    fn app_clients_with_a_secret_use_basic_authentication() {
        let app = app("a b", Some("x:y+z"));
        let Prepared { request, .. } = app.post("oauth2/token", &[("a", "1")], &[("b", "+")]).expect("a request");
        assert_eq!(
            (request.method(), request.uri().to_string().as_str()),
            (&Method::POST, "https://shop.example/oauth2/token")
        );
        assert_eq!(request.headers()["authorization"], format!("Basic {}", STANDARD.encode("a%20b:x%3Ay%2Bz")));
        assert!(request.headers()["authorization"].is_sensitive());
        assert_eq!(request.headers()["content-type"], "application/x-www-form-urlencoded");
        assert_eq!(request.body().as_bytes(), b"a=1&b=%2B");
    }

    #[test]
    fn public_app_clients_send_their_id() {
        let Prepared { request, .. } = app("a b", None).post("oauth2/token", &[("a", "1")], &[]).expect("a request");
        assert!(!request.headers().contains_key("authorization"));
        assert_eq!(request.body().as_bytes(), b"a=1&client_id=a%20b");
    }

    #[test]
    fn a_token_that_is_no_header_is_an_error() {
        assert!(app("a", None).get_with_token("oauth2/userInfo", "a\nb").is_err());
    }
}
