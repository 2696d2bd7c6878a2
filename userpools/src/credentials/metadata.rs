//! The metadata services: the credentials endpoint of a container, and that of an EC2 instance.

use super::context::{Attempts, Context, is_unavailable, read, variable};
use super::error::{Miss, Outcome};
use super::http::Peer;
use super::json;
use cognito_op::http::header::{ACCEPT, AUTHORIZATION, CONTENT_LENGTH, HeaderValue};
use cognito_op::http::{Method, Request, Response, StatusCode, Uri};
use cognito_op::{Body, Credentials};
use std::net::IpAddr;
use std::time::{Duration, SystemTime};

/// Loads credentials from the [endpoint of a
/// container](https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html) in ECS or EKS.
pub(super) async fn container(context: &Context<'_>) -> Outcome {
    const RELATIVE: &str = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
    const FULL: &str = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
    const ATTEMPTS: Attempts =
        Attempts { timeout: Duration::from_secs(2), count: 3, after_timeouts: false, is_transient: is_unavailable };
    let (name, url) = match (variable(RELATIVE)?, variable(FULL)?) {
        (Some(path), _) if !path.starts_with('/') => {
            return Err(Miss::Failed(format!("{RELATIVE} must begin with a slash")));
        }
        (Some(path), _) => (RELATIVE, format!("http://169.254.170.2{path}")),
        (None, Some(url)) => (FULL, url),
        (None, None) => return Err(Miss::Passed(format!("neither {RELATIVE} nor {FULL} is set"))),
    };
    let uri = local(&url).map_err(|why| format!("{name} {why}"))?;
    let mut request = Request::new(Body::default());
    *request.uri_mut() = uri;
    request.headers_mut().insert(ACCEPT, HeaderValue::from_static("application/json"));
    if let Some(token) = authorization()? {
        request.headers_mut().insert(AUTHORIZATION, token);
    }
    let response = context.send(Peer::Metadata, request, ATTEMPTS).await?;
    let temporary = |body: &[u8]| json::temporary(&mut json::object(body)?, &json::METADATA);
    Ok(temporary(successful(&response)?).map_err(|why| format!("the response {why}"))?)
}

/// Returns the value of the header `Authorization`. The file is read each time, since EKS replaces it.
fn authorization() -> Result<Option<HeaderValue>, Miss> {
    const TOKEN: &str = "AWS_CONTAINER_AUTHORIZATION_TOKEN";
    const FILE: &str = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE";
    let file = variable(FILE)?.map(|path| read(path.as_ref())).transpose();
    let file = file.map_err(|why| format!("the file of {FILE} {why}"))?;
    let (source, token) = match (file, variable(TOKEN)?) {
        (Some(token), _) => (FILE, token),
        (None, Some(token)) => (TOKEN, token.into()),
        (None, None) => return Ok(None),
    };
    let header = sensitive(&token).ok_or_else(|| format!("{source} has a character that is not valid in a header"))?;
    Ok(Some(header))
}

/// Loads credentials from the [instance metadata
/// service](https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html), version 2.
pub(super) async fn instance(context: &Context<'_>) -> Outcome {
    const DISABLED: &str = "AWS_EC2_METADATA_DISABLED";
    const TTL: &str = "x-aws-ec2-metadata-token-ttl-seconds";
    const ROLES: &str = "meta-data/iam/security-credentials/";
    if variable(DISABLED)?.is_some_and(|value| value.eq_ignore_ascii_case("true")) {
        return Err(Miss::Passed(format!("{DISABLED} is `true`")));
    }
    let (timeout, count) = ("AWS_METADATA_SERVICE_TIMEOUT", "AWS_METADATA_SERVICE_NUM_ATTEMPTS");
    let attempts = Attempts {
        timeout: Duration::from_secs(context.number(timeout, "metadata_service_timeout", 1)?.into()),
        count: context.number(count, "metadata_service_num_attempts", 1)?,
        after_timeouts: true,
        is_transient: is_unavailable,
    };
    let url = instance_url(context)?;
    let service = Instance { context, url: url.trim_end_matches('/'), attempts };
    let mut request = Request::new(Body::default());
    *request.method_mut() = Method::PUT;
    request.headers_mut().insert(TTL, HeaderValue::from_static("21600"));
    // hyper omits this header if there is no body.
    request.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    let response = service.send("api/token", request).await?;
    let token = str::from_utf8(successful(&response)?).ok().and_then(sensitive);
    let token = token.ok_or_else(|| "the token of the metadata service is not valid in a header".to_owned())?;

    let response = service.get(ROLES, &token).await?;
    if response.status() == StatusCode::NOT_FOUND {
        return Err(Miss::passed("the instance has no role"));
    }
    let is_name = |name: &&str| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+=,.@_-".contains(&byte));
    let role = str::from_utf8(successful(&response)?).ok().and_then(|roles| roles.lines().next());
    let role = role.filter(|role| !role.is_empty()).filter(is_name);
    let role = role.ok_or_else(|| "the metadata service returned no role name".to_owned())?;

    let response = service.get(&format!("{ROLES}{role}"), &token).await?;
    let mut object = json::object(successful(&response)?).map_err(|why| format!("the response {why}"))?;
    if json::optional(&mut object, "Code").is_ok_and(|code| code.is_some_and(|code| code != "Success")) {
        return Err(Miss::failed("the metadata service has no credentials for the role of the instance"));
    }
    let credentials = json::temporary(&mut object, &json::METADATA).map_err(|why| format!("the response {why}"))?;
    Ok(extended(credentials, SystemTime::now()))
}

/// The metadata service of an instance.
struct Instance<'c> {
    context: &'c Context<'c>,
    url: &'c str,
    attempts: Attempts,
}

impl Instance<'_> {
    async fn send(&self, path: &str, mut request: Request<Body>) -> Result<Response<Body>, String> {
        let uri = local(&format!("{}/latest/{path}", self.url));
        *request.uri_mut() = uri.map_err(|why| format!("the endpoint of the metadata service {why}"))?;
        self.context.send(Peer::Metadata, request, self.attempts).await
    }

    async fn get(&self, path: &str, token: &HeaderValue) -> Result<Response<Body>, String> {
        let mut request = Request::new(Body::default());
        request.headers_mut().insert("x-aws-ec2-metadata-token", token.clone());
        self.send(path, request).await
    }
}

fn instance_url(context: &Context<'_>) -> Result<String, String> {
    const URL: &str = "AWS_EC2_METADATA_SERVICE_ENDPOINT";
    const MODE: &str = "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE";
    if let Some(url) = context.setting(URL, "ec2_metadata_service_endpoint")? {
        return Ok(url);
    }
    let mode = context.setting(MODE, "ec2_metadata_service_endpoint_mode")?;
    match mode.map(|mode| mode.to_ascii_lowercase()).as_deref() {
        None | Some("ipv4") => Ok("http://169.254.169.254".to_owned()),
        Some("ipv6") => Ok("http://[fd00:ec2::254]".to_owned()),
        Some(_) => Err(format!("{MODE} must be `IPv4` or `IPv6`")),
    }
}

/// Extends the expiry of credentials that the metadata service has not renewed in time, as the AWS SDKs do: services
/// accept such credentials during an outage of the metadata service. They are fetched again five minutes later.
fn extended(credentials: Credentials, now: SystemTime) -> Credentials {
    let minutes = |minutes: u64| now + Duration::from_secs(60 * minutes);
    match credentials.expiry() {
        Some(expiry) if expiry < minutes(15) => credentials.expires_at(minutes(20)),
        _ => credentials,
    }
}

/// Parses the URL of a metadata service: `https`, or plain `http` to an address that does not leave this machine and
/// its hypervisor.
fn local(url: &str) -> Result<Uri, &'static str> {
    const SERVICES: [&str; 5] = ["169.254.169.254", "169.254.170.2", "169.254.170.23", "fd00:ec2::254", "fd00:ec2::23"];
    let uri: Uri = url.parse().map_err(|_| "is not a URL")?;
    let authority = uri.authority().filter(|authority| !authority.as_str().contains('@')).ok_or("is not a URL")?;
    let host = authority.host();
    let host = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    let address = host.parse::<IpAddr>().ok();
    let is_service = |address: IpAddr| SERVICES.iter().any(|service| service.parse() == Ok(address));
    let is_local = host == "localhost" || address.is_some_and(|address| address.is_loopback() || is_service(address));
    match uri.scheme_str() {
        Some("https") => Ok(uri),
        Some("http") if is_local => Ok(uri),
        Some("http") => Err("is plain `http` to a host that is neither a loopback address nor a metadata service"),
        _ => Err("is not a URL"),
    }
}

/// Returns a header that `Debug` does not show.
pub(super) fn sensitive(value: &str) -> Option<HeaderValue> {
    let mut value = HeaderValue::from_str(value).ok()?;
    value.set_sensitive(true);
    Some(value)
}

/// Returns the body of a successful response.
pub(super) fn successful(response: &Response<Body>) -> Result<&[u8], String> {
    match response.status() {
        StatusCode::OK => Ok(response.body().as_bytes()),
        status => Err(format!("the response has the status {}", status.as_u16())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_stays_on_the_machine() {
        for url in [
            "https://credentials.example.com/role",
            "http://169.254.170.2/v2/credentials/0b1c",
            "http://169.254.170.23/v1/credentials",
            "http://[fd00:ec2::23]/v1/credentials",
            "http://[fd00:0ec2:0::0254]/latest",
            "http://localhost:8080/?role=a",
            "http://127.8.9.1:51678/",
            "http://[::1]:80/",
        ] {
            assert!(local(url).is_ok(), "{url}");
        }
        for url in [
            "http://credentials.example.com/",
            "http://10.0.0.1/",
            "http://169.254.170.3/",
            "http://169.254.170.2.example.com/",
            "http://169.254.170.2@credentials.example.com/",
            "http://localhost.example.com/",
            "http://[fd00:ec2::24]/",
            "ftp://localhost/",
            "/v2/credentials",
            "localhost",
            "",
        ] {
            assert!(local(url).is_err(), "{url}");
        }
        let plain = "is plain `http` to a host that is neither a loopback address nor a metadata service";
        assert_eq!(local("http://10.0.0.1/"), Err(plain));
        assert_eq!(local("ftp://localhost/"), Err("is not a URL"));
    }

    #[test]
    fn credentials_that_are_not_renewed_are_used_on() {
        let now = SystemTime::now();
        let minutes = |minutes: u64| now + Duration::from_secs(60 * minutes);
        let expiry = |expiry| extended(Credentials::new("id", "secret").expires_at(expiry), now).expiry();
        assert_eq!(expiry(minutes(15)), Some(minutes(15)));
        assert_eq!(expiry(minutes(14)), Some(minutes(20)));
        assert_eq!(expiry(now - Duration::from_secs(3600)), Some(minutes(20)));
    }
}
