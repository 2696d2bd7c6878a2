//! The operations, with the same members and values as in `all-cognito-op`. This version of the SDK does not support
//! `ListUserSessions` and `RevokeUserSession`.

use aws_sdk_cognitoidentityprovider::Client;
use aws_sdk_cognitoidentityprovider::types::{
    AnalyticsMetadataType, AttributeType, AuthFlowType, ChallengeNameType, DeliveryMediumType,
    DeviceRememberedStatusType, DeviceSecretVerifierConfigType, EmailMfaSettingsType, FeedbackValueType, MfaOptionType,
    SmsMfaSettingsType, SoftwareTokenMfaSettingsType, UserContextDataType, WebAuthnMfaSettingsType,
};
use aws_smithy_types::{Document, base64};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::collections::HashMap;
use std::fmt::Debug;

pub struct User {
    pub client: Client,
    pub client_id: String,
    pub secret: String,
    pub username: String,
    pub access_token: String,
}

fn analytics() -> AnalyticsMetadataType {
    AnalyticsMetadataType::builder().analytics_endpoint_id("0123456789abcdef").build()
}

fn context() -> UserContextDataType {
    UserContextDataType::builder().encoded_data("gathered on the device").ip_address("192.0.2.1").build()
}

fn attribute(name: &str, value: &str) -> AttributeType {
    AttributeType::builder().name(name).value(value).build().expect("it has a name")
}

fn entry(key: &str, value: &str) -> (String, String) {
    (key.to_owned(), value.to_owned())
}

fn metadata() -> Option<HashMap<String, String>> {
    Some(HashMap::from([entry("channel", "app"), entry("locale", "en-GB")]))
}

fn object<const N: usize>(members: [(&str, Document); N]) -> Document {
    Document::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

impl User {
    fn secret_hash(&self) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.secret.as_bytes()).expect("any length will do");
        mac.update(self.username.as_bytes());
        mac.update(self.client_id.as_bytes());
        base64::encode(mac.finalize().into_bytes())
    }

    pub async fn associate_software_token(&self) -> Result<impl Debug, impl Debug> {
        self.client.associate_software_token().access_token(&self.access_token).send().await
    }

    pub async fn change_password(&self) -> Result<impl Debug, impl Debug> {
        self.client
            .change_password()
            .access_token(&self.access_token)
            .previous_password("correct horse 1")
            .proposed_password("correct horse 2")
            .send()
            .await
    }

    pub async fn complete_web_authn_registration(&self) -> Result<impl Debug, impl Debug> {
        let response = object([
            ("clientDataJSON", "e30".into()),
            ("attestationObject", "o2M".into()),
            ("transports", vec![Document::from("internal"), Document::from("hybrid")].into()),
        ]);
        let credential = object([("id", "AQID".into()), ("type", "public-key".into()), ("response", response)]);
        self.client
            .complete_web_authn_registration()
            .access_token(&self.access_token)
            .credential(credential)
            .send()
            .await
    }

    pub async fn confirm_device(&self) -> Result<impl Debug, impl Debug> {
        let verifier =
            DeviceSecretVerifierConfigType::builder().password_verifier("dmVyaWZpZXI=").salt("c2FsdA==").build();
        self.client
            .confirm_device()
            .access_token(&self.access_token)
            .device_key("eu-west-1_0a1b")
            .device_name("a telephone")
            .device_secret_verifier_config(verifier)
            .send()
            .await
    }

    pub async fn confirm_forgot_password(&self) -> Result<impl Debug, impl Debug> {
        self.client
            .confirm_forgot_password()
            .client_id(&self.client_id)
            .confirmation_code("123456")
            .password("correct horse 3")
            .username(&self.username)
            .analytics_metadata(analytics())
            .set_client_metadata(metadata())
            .secret_hash(self.secret_hash())
            .user_context_data(context())
            .send()
            .await
    }

    pub async fn confirm_sign_up(&self) -> Result<impl Debug, impl Debug> {
        self.client
            .confirm_sign_up()
            .client_id(&self.client_id)
            .confirmation_code("123456")
            .username(&self.username)
            .analytics_metadata(analytics())
            .set_client_metadata(metadata())
            .force_alias_creation(true)
            .secret_hash(self.secret_hash())
            .session("a session of twenty or more")
            .user_context_data(context())
            .send()
            .await
    }

    pub async fn delete_user(&self) -> Result<impl Debug, impl Debug> {
        self.client.delete_user().access_token(&self.access_token).send().await
    }

    pub async fn delete_user_attributes(&self) -> Result<impl Debug, impl Debug> {
        self.client
            .delete_user_attributes()
            .access_token(&self.access_token)
            .user_attribute_names("nickname")
            .user_attribute_names("custom:team")
            .send()
            .await
    }

    pub async fn delete_web_authn_credential(&self) -> Result<impl Debug, impl Debug> {
        self.client.delete_web_authn_credential().access_token(&self.access_token).credential_id("AQID").send().await
    }

    pub async fn forget_device(&self) -> Result<impl Debug, impl Debug> {
        self.client.forget_device().access_token(&self.access_token).device_key("eu-west-1_0a1b").send().await
    }

    pub async fn forgot_password(&self) -> Result<impl Debug, impl Debug> {
        self.client
            .forgot_password()
            .client_id(&self.client_id)
            .username(&self.username)
            .analytics_metadata(analytics())
            .set_client_metadata(metadata())
            .secret_hash(self.secret_hash())
            .user_context_data(context())
            .send()
            .await
    }

    pub async fn get_device(&self) -> Result<impl Debug, impl Debug> {
        self.client.get_device().access_token(&self.access_token).device_key("eu-west-1_0a1b").send().await
    }

    pub async fn get_tokens_from_refresh_token(&self) -> Result<impl Debug, impl Debug> {
        self.client
            .get_tokens_from_refresh_token()
            .client_id(&self.client_id)
            .refresh_token("refresh.token")
            .set_client_metadata(metadata())
            .client_secret(&self.secret)
            .device_key("eu-west-1_0a1b")
            .send()
            .await
    }

    pub async fn get_user(&self) -> Result<impl Debug, impl Debug> {
        self.client.get_user().access_token(&self.access_token).send().await
    }

    pub async fn get_user_attribute_verification_code(&self) -> Result<impl Debug, impl Debug> {
        self.client
            .get_user_attribute_verification_code()
            .access_token(&self.access_token)
            .attribute_name("email")
            .set_client_metadata(metadata())
            .send()
            .await
    }

    pub async fn get_user_auth_factors(&self) -> Result<impl Debug, impl Debug> {
        self.client.get_user_auth_factors().access_token(&self.access_token).send().await
    }

    pub async fn global_sign_out(&self) -> Result<impl Debug, impl Debug> {
        self.client.global_sign_out().access_token(&self.access_token).send().await
    }

    pub async fn initiate_auth(&self) -> Result<impl Debug, impl Debug> {
        self.client
            .initiate_auth()
            .auth_flow(AuthFlowType::UserPasswordAuth)
            .client_id(&self.client_id)
            .analytics_metadata(analytics())
            .auth_parameters("USERNAME", &self.username)
            .auth_parameters("PASSWORD", "correct horse 3")
            .auth_parameters("SECRET_HASH", self.secret_hash())
            .set_client_metadata(metadata())
            .user_context_data(context())
            .send()
            .await
    }

    pub async fn list_devices(&self) -> Result<impl Debug, impl Debug> {
        self.client.list_devices().access_token(&self.access_token).limit(10).pagination_token("next").send().await
    }

    pub async fn list_web_authn_credentials(&self) -> Result<impl Debug, impl Debug> {
        self.client
            .list_web_authn_credentials()
            .access_token(&self.access_token)
            .max_results(10)
            .next_token("next")
            .send()
            .await
    }

    pub async fn resend_confirmation_code(&self) -> Result<impl Debug, impl Debug> {
        self.client
            .resend_confirmation_code()
            .client_id(&self.client_id)
            .username(&self.username)
            .analytics_metadata(analytics())
            .set_client_metadata(metadata())
            .secret_hash(self.secret_hash())
            .user_context_data(context())
            .send()
            .await
    }

    pub async fn respond_to_auth_challenge(&self) -> Result<impl Debug, impl Debug> {
        self.client
            .respond_to_auth_challenge()
            .challenge_name(ChallengeNameType::NewPasswordRequired)
            .client_id(&self.client_id)
            .analytics_metadata(analytics())
            .challenge_responses("USERNAME", &self.username)
            .challenge_responses("NEW_PASSWORD", "correct horse 4")
            .challenge_responses("SECRET_HASH", self.secret_hash())
            .set_client_metadata(metadata())
            .session("a session of twenty or more")
            .user_context_data(context())
            .send()
            .await
    }

    pub async fn revoke_token(&self) -> Result<impl Debug, impl Debug> {
        self.client
            .revoke_token()
            .client_id(&self.client_id)
            .token("refresh.token")
            .client_secret(&self.secret)
            .send()
            .await
    }

    pub async fn set_user_mfa_preference(&self) -> Result<impl Debug, impl Debug> {
        self.client
            .set_user_mfa_preference()
            .access_token(&self.access_token)
            .email_mfa_settings(EmailMfaSettingsType::builder().enabled(true).preferred_mfa(false).build())
            .sms_mfa_settings(SmsMfaSettingsType::builder().enabled(false).preferred_mfa(false).build())
            .software_token_mfa_settings(
                SoftwareTokenMfaSettingsType::builder().enabled(true).preferred_mfa(true).build(),
            )
            .web_authn_mfa_settings(WebAuthnMfaSettingsType::builder().enabled(true).build())
            .send()
            .await
    }

    pub async fn set_user_settings(&self) -> Result<impl Debug, impl Debug> {
        let option =
            MfaOptionType::builder().attribute_name("phone_number").delivery_medium(DeliveryMediumType::Sms).build();
        self.client.set_user_settings().access_token(&self.access_token).mfa_options(option).send().await
    }

    pub async fn sign_up(&self) -> Result<impl Debug, impl Debug> {
        self.client
            .sign_up()
            .client_id(&self.client_id)
            .username(&self.username)
            .analytics_metadata(analytics())
            .set_client_metadata(metadata())
            .password("correct horse 0")
            .secret_hash(self.secret_hash())
            .user_attributes(attribute("email", "alice@example.com"))
            .user_attributes(attribute("custom:team", "blue"))
            .user_context_data(context())
            .validation_data(attribute("invitation", "42"))
            .send()
            .await
    }

    pub async fn start_web_authn_registration(&self) -> Result<impl Debug, impl Debug> {
        self.client.start_web_authn_registration().access_token(&self.access_token).send().await
    }

    pub async fn update_auth_event_feedback(&self) -> Result<impl Debug, impl Debug> {
        self.client
            .update_auth_event_feedback()
            .event_id("0a1b2c3d-event")
            .feedback_token("feedback.token")
            .feedback_value(FeedbackValueType::Valid)
            .user_pool_id("eu-west-1_AbCdEfGhI")
            .username(&self.username)
            .send()
            .await
    }

    pub async fn update_device_status(&self) -> Result<impl Debug, impl Debug> {
        self.client
            .update_device_status()
            .access_token(&self.access_token)
            .device_key("eu-west-1_0a1b")
            .device_remembered_status(DeviceRememberedStatusType::Remembered)
            .send()
            .await
    }

    pub async fn update_user_attributes(&self) -> Result<impl Debug, impl Debug> {
        self.client
            .update_user_attributes()
            .access_token(&self.access_token)
            .user_attributes(attribute("email", "alice@example.org"))
            .user_attributes(attribute("nickname", "Al"))
            .set_client_metadata(metadata())
            .send()
            .await
    }

    pub async fn verify_software_token(&self) -> Result<impl Debug, impl Debug> {
        self.client
            .verify_software_token()
            .user_code("123456")
            .access_token(&self.access_token)
            .friendly_device_name("a telephone")
            .send()
            .await
    }

    pub async fn verify_user_attribute(&self) -> Result<impl Debug, impl Debug> {
        self.client
            .verify_user_attribute()
            .access_token(&self.access_token)
            .attribute_name("email")
            .code("123456")
            .send()
            .await
    }
}
