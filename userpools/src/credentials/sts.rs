//! The requests to AWS STS, which return the credentials of a role.

use super::context::{Attempts, Context, is_unavailable, variable};
use super::http::Peer;
use crate::encoding::form;
use cognito_op::http::header::{CONTENT_TYPE, HeaderValue};
use cognito_op::http::{Method, Request, Response, StatusCode, Uri};
use cognito_op::{Body, Config, Credentials, Redactor, SigV4};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

const ATTEMPTS: Attempts = Attempts { timeout: Duration::from_secs(5), count: 3, after_timeouts: false, is_transient };

/// Returns whether a response is an error that botocore retries. STS throttles with the status 400.
fn is_transient(response: &Response<Body>) -> bool {
    const CODES: [&str; 5] = [
        "IDPCommunicationError",
        "RequestThrottledException",
        "ThrottledException",
        "Throttling",
        "ThrottlingException",
    ];
    let is_code = |code: String| CODES.contains(&code.as_str());
    is_unavailable(response) || (response.status() == StatusCode::BAD_REQUEST && code(response).is_some_and(is_code))
}

fn code(response: &Response<Body>) -> Option<String> {
    element(str::from_utf8(response.body().as_bytes()).ok()?, "Code")
}

/// A role, and how it is assumed.
pub(super) struct Role<'r> {
    pub(super) arn: &'r str,
    pub(super) session_name: Option<&'r str>,
    pub(super) external_id: Option<&'r str>,
    pub(super) duration: Option<u32>,
}

impl Role<'_> {
    /// Calls [`AssumeRole`](https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html).
    pub(super) async fn assume(&self, context: &Context<'_>, source: &Credentials) -> Result<Credentials, String> {
        let endpoint = Endpoint::of(context)?;
        let mut request = endpoint.request(self.form("AssumeRole", None));
        let signer = SigV4::new(endpoint.region).service("sts");
        signer.sign(&mut request, source, SystemTime::now()).map_err(|error| error.to_string())?;
        let secrets = [Some(source.secret_access_key()), source.token()];
        read(&context.send(Peer::Service, request, ATTEMPTS).await?, secrets.into_iter().flatten())
    }

    /// Calls
    /// [`AssumeRoleWithWebIdentity`](https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html).
    pub(super) async fn assume_with(&self, context: &Context<'_>, token: &str) -> Result<Credentials, String> {
        let request = Endpoint::of(context)?.request(self.form("AssumeRoleWithWebIdentity", Some(token)));
        read(&context.send(Peer::Service, request, ATTEMPTS).await?, [token].into_iter())
    }

    /// Returns the body of a request.
    fn form(&self, action: &str, token: Option<&str>) -> String {
        let name = self.session_name.map_or_else(session_name, str::to_owned);
        let duration = self.duration.map(|seconds| seconds.to_string());
        let parameters = [
            ("Action", Some(action)),
            ("Version", Some("2011-06-15")),
            ("RoleArn", Some(self.arn)),
            ("RoleSessionName", Some(name.as_str())),
            ("ExternalId", self.external_id),
            ("DurationSeconds", duration.as_deref()),
            ("WebIdentityToken", token),
        ];
        form(parameters.into_iter().filter_map(|(key, value)| Some((key, value?))))
    }
}

/// Returns the name of a session, if the profile does not set one.
fn session_name() -> String {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    format!("cognito-userpools-{seconds}")
}

const NO_REGION: &str = "no region for AWS STS: set AWS_REGION";

/// The URL of STS, and the region of its signatures.
struct Endpoint {
    uri: Uri,
    region: String,
}

impl Endpoint {
    fn of(context: &Context<'_>) -> Result<Self, String> {
        let region = region(context)?;
        if let Some(uri) = custom_endpoint(context, "STS")? {
            let region = region.ok_or(NO_REGION)?;
            return Ok(Self { uri, region });
        }
        let legacy = context.setting("AWS_STS_REGIONAL_ENDPOINTS", "sts_regional_endpoints")?;
        let is_legacy = legacy.is_some_and(|value| value.eq_ignore_ascii_case("legacy"));
        // The global endpoint has no variants.
        let has_variant = is_on(context, FIPS)? || is_on(context, DUAL_STACK)?;
        let is_legacy = is_legacy && !has_variant;
        let is_global = |region: &str| region == "aws-global" || (is_legacy && LEGACY.contains(&region));
        match region.filter(|region| !is_global(region)) {
            Some(region) => Ok(Self { uri: regional(context, &region, "sts", "/")?, region }),
            None if has_variant => Err(NO_REGION.to_owned()),
            None => Ok(Self { uri: Uri::from_static("https://sts.amazonaws.com/"), region: "us-east-1".to_owned() }),
        }
    }

    fn request(&self, form: String) -> Request<Body> {
        let mut request = Request::new(Body::from(form));
        *request.method_mut() = Method::POST;
        request.uri_mut().clone_from(&self.uri);
        let kind = HeaderValue::from_static("application/x-www-form-urlencoded; charset=utf-8");
        request.headers_mut().insert(CONTENT_TYPE, kind);
        request
    }
}

/// Returns the region of the program, the environment or the profile.
fn region(context: &Context<'_>) -> Result<Option<String>, String> {
    if let Some(region) = context.region {
        return Ok(Some(region.to_owned()));
    }
    let region = variable("AWS_REGION")?;
    region.map_or_else(|| context.setting("AWS_DEFAULT_REGION", "region"), |region| Ok(Some(region)))
}

/// The regions in which the setting `legacy` stands for the [global
/// endpoint](https://docs.aws.amazon.com/sdkref/latest/guide/feature-sts-regionalized-endpoints.html).
const LEGACY: [&str; 15] = [
    "ap-northeast-1",
    "ap-south-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "ca-central-1",
    "eu-central-1",
    "eu-north-1",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "sa-east-1",
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
];

/// A switch: its variable, and the key of the profile.
type Switch = (&'static str, &'static str);

const FIPS: Switch = ("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint");
const DUAL_STACK: Switch = ("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint");
const IGNORED: Switch = ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "ignore_configured_endpoint_urls");

fn is_on(context: &Context<'_>, (variable, key): Switch) -> Result<bool, String> {
    Ok(context.setting(variable, key)?.is_some_and(|value| value.eq_ignore_ascii_case("true")))
}

/// Returns the URL of a service in a region.
pub(super) fn regional(context: &Context<'_>, region: &str, service: &str, path: &str) -> Result<Uri, String> {
    let dual_stack = is_on(context, DUAL_STACK)?;
    // In GovCloud, the endpoints without a variant are validated to FIPS 140.
    let fips = is_on(context, FIPS)? && (dual_stack || !region.starts_with("us-gov-"));
    let config = Config::builder().region(region).fips(fips).dual_stack(dual_stack).build();
    let config = config.map_err(|error| error.to_string())?;
    let host = config.endpoint().host().unwrap_or_default().replacen("cognito-idp", service, 1);
    let host = match host.strip_suffix(".amazonaws.com") {
        // Cognito has no other name for most of these.
        Some(name) if dual_stack => format!("{name}.api.aws"),
        _ => host,
    };
    format!("https://{host}{path}").parse().map_err(|_| "the region is not valid".to_owned())
}

/// Returns the URL that replaces the regional one of a service.
pub(super) fn custom_endpoint(context: &Context<'_>, service: &str) -> Result<Option<Uri>, String> {
    const ALL: &str = "AWS_ENDPOINT_URL";
    if is_on(context, IGNORED)? {
        return Ok(None);
    }
    let own = format!("{ALL}_{service}");
    let url = match (variable(&own)?, variable(ALL)?) {
        (Some(url), _) | (None, Some(url)) => Some(url),
        (None, None) => {
            let of_service = context.profile.service(&service.to_ascii_lowercase(), "endpoint_url");
            let of_service = of_service.map_err(|error| error.to_string())?;
            of_service.or_else(|| context.profile.get("endpoint_url")).map(str::to_owned)
        }
    };
    let Some(url) = url else { return Ok(None) };
    // It has the form of an endpoint of the client: plain `http` is for loopback addresses only.
    let config = Config::builder().endpoint(url).build();
    let config = config.map_err(|error| format!("the endpoint of AWS {service} is not valid: {error}"))?;
    Ok(Some(config.endpoint().clone()))
}

/// Reads a response.
fn read<'s>(response: &Response<Body>, secrets: impl Iterator<Item = &'s str>) -> Result<Credentials, String> {
    if response.status() != StatusCode::OK {
        let redactor: Redactor = secrets.collect();
        let code = code(response).map(|code| format!(" and the code {}", redactor.for_log(&code)));
        let status = response.status().as_u16();
        return Err(format!("AWS STS responded with the status {status}{}", code.unwrap_or_default()));
    }
    let found = || {
        let (_, text) = str::from_utf8(response.body().as_bytes()).ok()?.split_once("<Credentials>")?;
        let (text, _) = text.split_once("</Credentials>")?;
        let credentials = Credentials::new(element(text, "AccessKeyId")?, element(text, "SecretAccessKey")?);
        let credentials = credentials.session_token(element(text, "SessionToken")?);
        credentials.expiration(element(text, "Expiration")?.trim()).ok()
    };
    found().ok_or_else(|| "the response of AWS STS has no credentials".to_owned())
}

/// Returns the text of the first element with that name. STS writes no attributes, comments or sections there.
fn element(xml: &str, name: &str) -> Option<String> {
    let (_, text) = xml.split_once(&format!("<{name}>"))?;
    let (text, _) = text.split_once(&format!("</{name}>"))?;
    let mut unescaped = String::with_capacity(text.len());
    let mut parts = text.split('&');
    unescaped.push_str(parts.next()?);
    for part in parts {
        let (entity, rest) = part.split_once(';')?;
        unescaped.push(match entity {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            _ => {
                let number = entity.strip_prefix('#')?;
                let code = match number.strip_prefix('x') {
                    Some(digits) => u32::from_str_radix(digits, 16),
                    None => number.parse(),
                };
                char::from_u32(code.ok()?)?
            }
        });
        unescaped.push_str(rest);
    }
    (!unescaped.is_empty() && !text.contains('<')).then_some(unescaped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_elements() {
        let xml = "<Code>a&amp;b&lt;&gt;&quot;&apos;&#65;&#x2F;</Code><Empty></Empty><Nested><b>1</b></Nested><Open>";
        assert_eq!(element(xml, "Code").as_deref(), Some("a&b<>\"'A/"));
        for name in ["Empty", "Nested", "Open", "Missing"] {
            assert_eq!(element(xml, name), None, "{name}");
        }
        for broken in ["&amp", "&nbsp;", "&#;", "&#xD800;", "&#x110000;"] {
            assert_eq!(element(&format!("<a>{broken}</a>"), "a"), None, "{broken}");
        }
    }
}
