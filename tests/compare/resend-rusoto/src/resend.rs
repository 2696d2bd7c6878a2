//! The operation. Rusoto does not support `IpAddress`.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use driver::User;
use hmac::{Hmac, KeyInit, Mac};
use rusoto_cognito_idp::{
    AnalyticsMetadataType, CognitoIdentityProvider, CognitoIdentityProviderClient, ResendConfirmationCodeError,
    ResendConfirmationCodeRequest, ResendConfirmationCodeResponse, UserContextDataType,
};
use rusoto_core::RusotoError;
use sha2::Sha256;
use std::collections::HashMap;

pub async fn resend(
    client: &CognitoIdentityProviderClient,
    user: &User,
) -> Result<ResendConfirmationCodeResponse, RusotoError<ResendConfirmationCodeError>> {
    let entry = |key: &str, value: &str| (key.to_owned(), value.to_owned());
    client
        .resend_confirmation_code(ResendConfirmationCodeRequest {
            client_id: user.client_id.clone(),
            username: user.username.clone(),
            secret_hash: Some(secret_hash(user)),
            analytics_metadata: Some(AnalyticsMetadataType {
                analytics_endpoint_id: Some("0123456789abcdef".to_owned()),
            }),
            client_metadata: Some(HashMap::from([entry("channel", "app"), entry("locale", "en-GB")])),
            user_context_data: Some(UserContextDataType { encoded_data: Some("gathered on the device".to_owned()) }),
        })
        .await
}

fn secret_hash(user: &User) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(user.secret.as_bytes()).expect("any length will do");
    mac.update(user.username.as_bytes());
    mac.update(user.client_id.as_bytes());
    BASE64_STANDARD.encode(mac.finalize().into_bytes())
}
