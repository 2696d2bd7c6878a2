//! The operation.

use aws_sdk_cognitoidentityprovider::Client;
use aws_sdk_cognitoidentityprovider::error::SdkError;
use aws_sdk_cognitoidentityprovider::operation::resend_confirmation_code::{
    ResendConfirmationCodeError, ResendConfirmationCodeOutput,
};
use aws_sdk_cognitoidentityprovider::types::{AnalyticsMetadataType, UserContextDataType};
use aws_smithy_types::base64;
use driver::User;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

pub async fn resend(
    client: &Client,
    user: &User,
) -> Result<ResendConfirmationCodeOutput, SdkError<ResendConfirmationCodeError>> {
    let analytics = AnalyticsMetadataType::builder().analytics_endpoint_id("0123456789abcdef").build();
    let context = UserContextDataType::builder().ip_address("192.0.2.1").encoded_data("gathered on the device").build();
    client
        .resend_confirmation_code()
        .client_id(&user.client_id)
        .username(&user.username)
        .secret_hash(secret_hash(user))
        .analytics_metadata(analytics)
        .client_metadata("channel", "app")
        .client_metadata("locale", "en-GB")
        .user_context_data(context)
        .send()
        .await
}

fn secret_hash(user: &User) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(user.secret.as_bytes()).expect("any length will do");
    mac.update(user.username.as_bytes());
    mac.update(user.client_id.as_bytes());
    base64::encode(mac.finalize().into_bytes())
}
