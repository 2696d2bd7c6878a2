use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use cognito_op::{Credentials, SignError};

/// Returns the credentials that `aws-config` found.
pub async fn from_aws(source: SharedCredentialsProvider) -> Result<Credentials, SignError> {
    let found = source.provide_credentials().await?;
    Ok(Credentials::new(found.access_key_id(), found.secret_access_key())
        .session_token(found.session_token())
        .expires_at(found.expiry()))
}
