use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4;
use cognito_op::http::Request;
use cognito_op::transport::BoxFuture;
use cognito_op::{Body, Sign, SignError};
use std::time::SystemTime;

/// Signs with AWS Signature Version 4.
pub struct SigV4 {
    pub credentials: SharedCredentialsProvider,
    pub region: String,
}

impl Sign for SigV4 {
    fn sign<'a>(
        &'a self,
        request: &'a mut Request<Body>,
    ) -> BoxFuture<'a, Result<(), SignError>> {
        Box::pin(async move {
            let identity = self.credentials.provide_credentials().await?.into();
            let parameters = v4::SigningParams::builder()
                .identity(&identity)
                .region(&self.region)
                .name("cognito-idp")
                .time(SystemTime::now())
                .settings(SigningSettings::default())
                .build()?
                .into();
            let headers = request.headers().iter();
            let signable = SignableRequest::new(
                request.method().as_str(),
                request.uri().to_string(),
                headers.filter_map(|(name, value)| {
                    Some((name.as_str(), value.to_str().ok()?))
                }),
                SignableBody::Bytes(request.body().as_bytes()),
            )?;
            let (signature, _) = sign(signable, &parameters)?.into_parts();
            signature.apply_to_request_http1x(request);
            Ok(())
        })
    }
}
