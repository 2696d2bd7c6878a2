//! AWS Signature Version 4, for requests without a query and with their body in memory.

use super::{Credentials, SignError, time};
use crate::codec::Body;
use hmac::{Hmac, KeyInit as _, Mac as _};
use http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use http::{Request, Uri};
use sha2::{Digest as _, Sha256};
use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;
use zeroize::Zeroizing;

const DATE: HeaderName = HeaderName::from_static("x-amz-date");
const TOKEN: HeaderName = HeaderName::from_static("x-amz-security-token");

/// Signs requests with [AWS Signature Version
/// 4](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html).
///
/// It does no I/O and reads no clock. A [`Client`](crate::Client) with credentials has its own. Use it with an HTTP
/// client of your own:
///
/// ```
/// # use cognito_op::{Config, Credentials, SignError, SigV4, cognito_op};
/// # #[cognito_op(target = "AdminConfirmSignUp", signed, response = ())]
/// # struct AdminConfirmSignUp { user_pool_id: String, username: String }
/// use std::time::SystemTime;
///
/// # fn sign(credentials: Credentials) -> Result<(), SignError> {
/// let config = Config::builder().region("eu-west-1").build()?;
/// let signer = SigV4::new("eu-west-1");
///
/// let operation = AdminConfirmSignUp::new("eu-west-1_Ab12Cd34", "alice");
/// let (mut request, reader) = config.prepare(&operation)?;
/// signer.sign(&mut request, &credentials, SystemTime::now())?;
/// assert!(request.headers().contains_key("authorization"));
/// # Ok(())
/// # }
/// # sign(Credentials::new("AKIDEXAMPLE", "secret")).unwrap();
/// ```
pub struct SigV4 {
    region: String,
    service: String,
    /// The key of the last signature. It is the same for a whole day.
    derived: Mutex<Option<Derived>>,
}

struct Derived {
    day: String,
    credentials: Credentials,
    /// The HMAC state after the key. It is boxed, so that moving it leaves no copy.
    keyed: Box<Hmac<Sha256>>,
}

impl SigV4 {
    /// Returns a signer for the service `cognito-idp` in a region.
    pub fn new(region: impl Into<String>) -> Self {
        Self { region: region.into(), service: "cognito-idp".to_owned(), derived: Mutex::default() }
    }

    /// Sets another service, such as `execute-api` for a gateway that checks signatures itself.
    #[must_use]
    pub fn service(mut self, service: impl Into<String>) -> Self {
        self.service = service.into();
        self
    }

    /// Signs a request as of that time. The signature is valid for about five minutes.
    ///
    /// Sets the headers `Authorization`, `X-Amz-Date` and, with a session token, `X-Amz-Security-Token`, and replaces an
    /// earlier signature. The signature covers the body, the path, the headers `Content-Type` and `X-Amz-…`, and the
    /// header `Host`, which has to be sent with the authority of the URL as its value: with the port if the URL contains
    /// one, even if it is the default port.
    ///
    /// # Errors
    ///
    /// Returns an error without a secret if the [credentials](Credentials) are invalid, or if the URL of the request has
    /// no host, or has user information or a query.
    pub fn sign(
        &self,
        request: &mut Request<Body>,
        credentials: &Credentials,
        time: SystemTime,
    ) -> Result<(), SignError> {
        credentials.check()?;
        let time = time::timestamp(time).ok_or("the time of the signature is not a year from 1970 to 9999")?;
        let day = time.get(..8).unwrap_or_default();
        let headers = request.headers_mut();
        headers.remove(AUTHORIZATION);
        headers.insert(DATE, HeaderValue::from_str(&time)?);
        headers.remove(TOKEN);
        if let Some(token) = credentials.token() {
            headers.insert(TOKEN, sensitive(token)?);
        }
        let (headers, names) = canonical_headers(request.uri(), request.headers())?;
        let method = request.method().as_str();
        let path = canonical_path(request.uri().path());
        let body = hex(&Sha256::digest(request.body().as_bytes()));
        let mut hash = Sha256::new();
        for part in [method, &path, "", &headers, "", &names] {
            hash.update(part);
            hash.update("\n");
        }
        let hash = hex(&hash.chain_update(body).finalize());
        let scope = format!("{day}/{}/{}/aws4_request", self.region, self.service);
        let mut signature = self.keyed(day, credentials)?;
        signature.update(format!("AWS4-HMAC-SHA256\n{time}\n{scope}\n{hash}").as_bytes());
        let signature = hex(&signature.finalize().into_bytes());
        let id = credentials.access_key_id();
        let value = format!("AWS4-HMAC-SHA256 Credential={id}/{scope}, SignedHeaders={names}, Signature={signature}");
        request.headers_mut().insert(AUTHORIZATION, sensitive(&value)?);
        Ok(())
    }

    /// Returns the HMAC state of the key for a day.
    fn keyed(&self, day: &str, credentials: &Credentials) -> Result<Hmac<Sha256>, SignError> {
        let mut derived = self.derived.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(Derived { day: of, credentials: by, keyed }) = &*derived
            && of == day
            && by.secret_access_key() == credentials.secret_access_key()
        {
            return Ok(Hmac::clone(keyed));
        }
        let secret = Zeroizing::new(format!("AWS4{}", credentials.secret_access_key()));
        let mut keyed = Hmac::<Sha256>::new_from_slice(secret.as_bytes())?;
        for part in [day, &self.region, &self.service, "aws4_request"] {
            keyed.update(part.as_bytes());
            let key = Zeroizing::new(<[u8; 32]>::from(keyed.finalize().into_bytes()));
            keyed = Hmac::new_from_slice(&*key)?;
        }
        let kept = Derived { day: day.to_owned(), credentials: credentials.clone(), keyed: Box::new(keyed.clone()) };
        *derived = Some(kept);
        Ok(keyed)
    }
}

impl fmt::Debug for SigV4 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigV4").field("region", &self.region).field("service", &self.service).finish_non_exhaustive()
    }
}

/// Returns a header that `Debug` does not show.
fn sensitive(value: &str) -> Result<HeaderValue, SignError> {
    let mut value = HeaderValue::from_str(value)?;
    value.set_sensitive(true);
    Ok(value)
}

/// Returns the lines of the signed headers, and their names. Servers in between can change other headers.
fn canonical_headers(uri: &Uri, headers: &HeaderMap) -> Result<(String, String), SignError> {
    let host = uri.authority().ok_or("the URL of the request has no host")?.as_str();
    if host.contains('@') {
        return Err("the URL of the request contains user information".into());
    }
    if uri.query().is_some() {
        return Err("a request with a query cannot be signed".into());
    }
    let is_signed = |name: &HeaderName| *name == CONTENT_TYPE || name.as_str().starts_with("x-amz-");
    let mut signed = vec![("host", host)];
    for (name, value) in headers.iter().filter(|(name, _)| is_signed(name)) {
        signed.push((name.as_str(), value.to_str()?));
    }
    // The order of the values of one header is kept.
    signed.sort_by_key(|(name, _)| *name);
    let (mut lines, mut names) = (String::new(), String::new());
    let mut previous = "";
    for (name, value) in signed {
        if name == previous {
            lines.push(',');
        } else {
            lines.push_str(if previous.is_empty() { "" } else { "\n" });
            names.push_str(if previous.is_empty() { "" } else { ";" });
            lines.extend([name, ":"]);
            names.push_str(name);
        }
        for (at, word) in value.split_ascii_whitespace().enumerate() {
            lines.extend([if at == 0 { "" } else { " " }, word]);
        }
        previous = name;
    }
    Ok((lines, names))
}

/// Returns the path without dot segments and empty segments. A percent sign is encoded once more.
fn canonical_path(path: &str) -> String {
    let mut segments = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop();
            }
            segment => segments.push(segment),
        }
    }
    let mut canonical = String::new();
    for segment in &segments {
        canonical.push('/');
        for byte in segment.bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                canonical.push(char::from(byte));
            } else {
                canonical.extend(["%", &hex(&[byte]).to_ascii_uppercase()]);
            }
        }
    }
    if segments.is_empty() || path.ends_with('/') {
        canonical.push('/');
    }
    canonical
}

fn hex(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
}
