//! Credentials of [IAM Identity Center](https://docs.aws.amazon.com/sdkref/latest/guide/feature-sso-credentials.html),
//! with the token that `aws sso login` has stored.

use super::context::{Attempts, Context, is_unavailable, read};
use super::error::{Miss, Outcome};
use super::http::Peer;
use super::json;
use super::metadata::{sensitive, successful};
use super::sts::{custom_endpoint, regional};
use crate::encoding::form;
use cognito_op::http::{Request, StatusCode};
use cognito_op::{Body, Credentials, Profile};
use ring::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};
use std::env;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use zeroize::Zeroizing;

const ATTEMPTS: Attempts =
    Attempts { timeout: Duration::from_secs(5), count: 3, after_timeouts: false, is_transient: is_unavailable };

/// Loads the credentials of a role, if the profile configures one.
pub(super) async fn load(context: &Context<'_>, profile: Profile<'_>) -> Outcome {
    if ["sso_role_name", "sso_account_id"].iter().all(|key| profile.get(key).is_none()) {
        return Err(Miss::passed("the profile has no `sso_account_id`"));
    }
    let session = profile.get("sso_session");
    let value = |key: &str| {
        let of_session = match session {
            Some(_) => profile.sso_session(key).map_err(|error| error.to_string())?,
            None => None,
        };
        match (of_session, profile.get(key)) {
            (Some(one), Some(other)) if one != other => {
                Err(format!("`{key}` differs between the profile and its session"))
            }
            (Some(value), _) | (None, Some(value)) => Ok(value),
            (None, None) => Err(format!("the profile has no `{key}`")),
        }
    };
    let (role, account) = (value("sso_role_name")?, value("sso_account_id")?);
    let (url, region) = (value("sso_start_url")?, value("sso_region")?);
    let token = token(session.unwrap_or(url))?;
    let path = format!("federation/credentials?{}", form([("role_name", role), ("account_id", account)]));
    let uri = match custom_endpoint(context, "SSO")? {
        Some(endpoint) => format!("{endpoint}{path}").parse().map_err(|_| "the endpoint is not valid".to_owned())?,
        None => regional(context, region, "portal.sso", &format!("/{path}"))?,
    };
    let mut request = Request::new(Body::default());
    *request.uri_mut() = uri;
    let token = sensitive(&token).ok_or_else(|| "the stored token is not valid in a header".to_owned())?;
    request.headers_mut().insert("x-amz-sso_bearer_token", token);
    let response = context.send(Peer::Service, request, ATTEMPTS).await?;
    if response.status() == StatusCode::UNAUTHORIZED {
        return Err(Miss::failed("the stored token is not accepted; run `aws sso login`"));
    }
    Ok(credentials(successful(&response)?).map_err(|why| format!("the response {why}"))?)
}

/// Reads the token of a session, or of a start URL. The name of its file is a hash.
fn token(name: &str) -> Result<Zeroizing<String>, Miss> {
    let login = |why: &str| Miss::Failed(format!("{why}; run `aws sso login`"));
    let hash = digest(&SHA1_FOR_LEGACY_USE_ONLY, name.as_bytes());
    let digits = hash.as_ref().iter().flat_map(|byte| [byte >> 4, byte & 15]);
    let hash: String = digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect();
    let home = env::home_dir().ok_or_else(|| Miss::failed("there is no home directory"))?;
    let file = home.join(".aws/sso/cache").join(hash).with_extension("json");
    let content = read(&file).map_err(|why| login(&format!("the file of the stored token {why}")))?;
    let invalid = |_| login("the stored token is not valid");
    let mut object = json::object(content.as_bytes()).map_err(invalid)?;
    let token = Zeroizing::new(json::required(&mut object, "accessToken").map_err(invalid)?);
    let expiry = json::required(&mut object, "expiresAt").map_err(invalid)?;
    let expiry = Credentials::new("", "").expiration(&expiry).map_err(|_| login("the stored token is not valid"))?;
    if expiry.expiry().is_none_or(|expiry| expiry <= SystemTime::now()) {
        return Err(login("the stored token has expired"));
    }
    Ok(token)
}

/// Reads a response. The expiry is in milliseconds.
fn credentials(body: &[u8]) -> Result<Credentials, String> {
    let mut object = json::object(body)?;
    let Some(serde_json::Value::Object(mut role)) = object.remove("roleCredentials") else {
        return Err("has no `roleCredentials`".to_owned());
    };
    let (id, secret) = (json::required(&mut role, "accessKeyId")?, json::required(&mut role, "secretAccessKey")?);
    let credentials = Credentials::new(id, secret).session_token(json::required(&mut role, "sessionToken")?);
    let expiry = role.get("expiration").and_then(serde_json::Value::as_u64);
    let expiry = expiry.and_then(|milliseconds| UNIX_EPOCH.checked_add(Duration::from_millis(milliseconds)));
    Ok(credentials.expires_at(expiry.ok_or("has no `expiration`")?))
}
