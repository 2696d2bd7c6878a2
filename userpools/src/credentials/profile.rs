//! The order of the sources, and the sources that a profile configures.

use super::context::{Context, read, variable};
use super::error::{ChainError, Miss, Outcome};
use super::sts::Role;
use super::{metadata, process, sso};
use cognito_op::{Credentials, Profile};
use std::mem::take;
use std::ops::ControlFlow;

/// Credentials, and the name of their source.
pub(super) struct Found {
    pub(super) credentials: Credentials,
    pub(super) source: &'static str,
}

/// Whether the chain ends, or asks the next source.
type Asked = ControlFlow<Result<Found, ChainError>>;

impl ChainError {
    /// Records the outcome of a source.
    fn asked(&mut self, source: &'static str, outcome: Outcome) -> Asked {
        match outcome {
            Ok(credentials) => ControlFlow::Break(Ok(Found { credentials, source })),
            Err(Miss::Passed(why)) => {
                self.add(source, why);
                ControlFlow::Continue(())
            }
            Err(Miss::Failed(why)) => {
                self.add(source, why);
                ControlFlow::Break(Err(take(self)))
            }
        }
    }
}

/// Asks the sources. If the program selects the profile, the variables with credentials are ignored.
pub(super) async fn load(context: &Context<'_>, with_variables: bool) -> Result<Found, ChainError> {
    let mut error = ChainError::default();
    match ask_all(context, with_variables, &mut error).await {
        ControlFlow::Break(outcome) => outcome,
        ControlFlow::Continue(()) => Err(error),
    }
}

async fn ask_all(context: &Context<'_>, with_variables: bool, error: &mut ChainError) -> Asked {
    let profile = context.profile;
    if with_variables {
        error.asked("environment", environment())?;
    }
    if context.profiles.profile(profile.name()).is_some() {
        error.asked("assumed role", assumed_role(context, profile).await)?;
        ask_profile(context, profile, with_variables, error).await?;
    } else {
        error.asked("web identity", web_identity(context, profile, with_variables).await)?;
        error.add("profile", format!("no file has the profile {:?}", profile.name()));
    }
    error.asked("container", metadata::container(context).await)?;
    error.asked("instance metadata", metadata::instance(context).await)
}

/// Asks the sources of a profile that does not assume a role with other credentials.
async fn ask_profile(
    context: &Context<'_>,
    profile: Profile<'_>,
    with_variables: bool,
    error: &mut ChainError,
) -> Asked {
    error.asked("web identity", web_identity(context, profile, with_variables).await)?;
    error.asked("SSO", sso::load(context, profile).await)?;
    error.asked("credentials file", fixed(|key| profile.in_credentials_file(key)))?;
    if profile.get("login_session").is_some() {
        error.asked("login session", Err(Miss::failed("`login_session` is not supported")))?;
    }
    let process = match profile.get("credential_process") {
        Some(command) => process::load(command, context.remaining()).await,
        None => Err(Miss::passed("the profile has no `credential_process`")),
    };
    error.asked("process", process)?;
    error.asked("config file", fixed(|key| profile.in_config_file(key)))
}

fn environment() -> Outcome {
    const ID: &str = "AWS_ACCESS_KEY_ID";
    if variable(ID)?.is_none() {
        return Err(Miss::Passed(format!("{ID} is not set")));
    }
    Credentials::from_env().map_err(|error| Miss::Failed(error.to_string()))
}

/// Returns the access key of a profile in one of the files.
fn fixed<'p>(get: impl Fn(&str) -> Option<&'p str>) -> Outcome {
    let id = get("aws_access_key_id").ok_or_else(|| Miss::passed("the profile has no `aws_access_key_id`"))?;
    let secret = get("aws_secret_access_key");
    let secret = secret.ok_or_else(|| Miss::failed("the profile has no `aws_secret_access_key`"))?;
    Ok(Credentials::new(id, secret).session_token(get("aws_security_token").or_else(|| get("aws_session_token"))))
}

/// Loads the credentials of a [role with a
/// token](https://docs.aws.amazon.com/sdkref/latest/guide/access-assume-role-web.html), such as that of a pod in EKS.
/// The token is read each time, since it is replaced.
async fn web_identity(context: &Context<'_>, profile: Profile<'_>, with_variables: bool) -> Outcome {
    const FILE: &str = "AWS_WEB_IDENTITY_TOKEN_FILE";
    let setting = |name: &str, key: &str| {
        let value = if with_variables { variable(name)? } else { None };
        Ok::<_, String>(value.or_else(|| profile.get(key).map(str::to_owned)))
    };
    let (file, arn) = (setting(FILE, "web_identity_token_file")?, setting("AWS_ROLE_ARN", "role_arn")?);
    let file = file.ok_or_else(|| {
        Miss::passed(if with_variables {
            "neither AWS_WEB_IDENTITY_TOKEN_FILE nor `web_identity_token_file` is set"
        } else {
            "the profile has no `web_identity_token_file`"
        })
    })?;
    let arn = arn.ok_or_else(|| Miss::failed("neither AWS_ROLE_ARN nor `role_arn` is set"))?;
    let session_name = setting("AWS_ROLE_SESSION_NAME", "role_session_name")?;
    let token = read(file.as_ref()).map_err(|why| format!("the file of the web identity token {why}"))?;
    let role = Role { arn: &arn, session_name: session_name.as_deref(), external_id: None, duration: None };
    Ok(role.assume_with(context, token.trim()).await?)
}

/// Loads the credentials of a [role of a
/// profile](https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html), which can be at the
/// end of several roles.
async fn assumed_role<'c>(context: &Context<'c>, profile: Profile<'c>) -> Outcome {
    if !assumes_role(profile) {
        return Err(Miss::passed("the profile has no `role_arn`"));
    }
    let (mut roles, mut visited, mut current) = (Vec::new(), vec![profile.name()], profile);
    let mut credentials = loop {
        let name = current.name();
        roles.push(role(current)?);
        match (current.get("source_profile"), current.get("credential_source")) {
            (Some(_), Some(_)) => {
                return Err(Miss::Failed(format!(
                    "the profile {name:?} has both `source_profile` and `credential_source`"
                )));
            }
            (None, None) => {
                return Err(Miss::Failed(format!(
                    "the profile {name:?} has `role_arn`, but neither `source_profile` nor `credential_source`"
                )));
            }
            (None, Some(source)) => break named(context, source).await?,
            (Some(source), None) => {
                let known = context.profiles.profile(source);
                let next = known.ok_or_else(|| format!("the source profile {source:?} does not exist"))?;
                // A profile can be its own source, if it has an access key.
                if visited.contains(&source) && (source != name || !has_key(next)) {
                    return Err(Miss::Failed(format!("the source profiles form a loop that ends in {source:?}")));
                }
                visited.push(source);
                if has_key(next) || !assumes_role(next) {
                    break of_source(context, next).await?;
                }
                current = next;
            }
        }
    };
    for role in roles.iter().rev() {
        credentials = role.assume(context, &credentials).await?;
    }
    Ok(credentials)
}

/// Returns whether a profile assumes a role with other credentials.
fn assumes_role(profile: Profile<'_>) -> bool {
    profile.get("role_arn").is_some() && profile.get("web_identity_token_file").is_none()
}

fn has_key(profile: Profile<'_>) -> bool {
    ["aws_access_key_id", "aws_secret_access_key"].iter().any(|key| profile.get(key).is_some())
}

fn role(profile: Profile<'_>) -> Result<Role<'_>, Miss> {
    if profile.get("mfa_serial").is_some() {
        return Err(Miss::Failed(format!(
            "the profile {:?} needs an MFA code, which is not supported",
            profile.name()
        )));
    }
    Ok(Role {
        arn: profile.get("role_arn").unwrap_or_default(),
        session_name: profile.get("role_session_name"),
        external_id: profile.get("external_id"),
        // botocore ignores other values too.
        duration: profile.get("duration_seconds").and_then(|seconds| seconds.parse().ok()),
    })
}

/// Returns the credentials of a source profile.
async fn of_source(context: &Context<'_>, profile: Profile<'_>) -> Outcome {
    let mut error = ChainError::default();
    let error = match ask_profile(context, profile, false, &mut error).await {
        ControlFlow::Break(Ok(found)) => return Ok(found.credentials),
        ControlFlow::Break(Err(error)) => error,
        ControlFlow::Continue(()) => error,
    };
    Err(Miss::Failed(format!("source profile {:?}: {error}", profile.name())))
}

/// Returns the credentials of the `credential_source` of a profile.
async fn named(context: &Context<'_>, source: &str) -> Outcome {
    let outcome = match source {
        "Environment" => environment(),
        "EcsContainer" => metadata::container(context).await,
        "Ec2InstanceMetadata" => metadata::instance(context).await,
        _ => Err(Miss::failed("it must be `Environment`, `EcsContainer` or `Ec2InstanceMetadata`")),
    };
    outcome.map_err(|miss| Miss::Failed(format!("`credential_source`: {}", miss.into_reason())))
}
