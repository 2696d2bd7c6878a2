//! The operations, with the same members and values as in `all-aws-sdk`.

use cognito_userpools::operations::{
    AnalyticsMetadataType, AssociateSoftwareToken, AuthFlowType, ChallengeNameType, ChangePassword,
    CompleteWebAuthnRegistration, ConfirmDevice, ConfirmForgotPassword, ConfirmSignUp, DeleteUser,
    DeleteUserAttributes, DeleteWebAuthnCredential, DeliveryMediumType, DeviceRememberedStatusType,
    DeviceSecretVerifierConfigType, EmailMfaSettingsType, FeedbackValueType, ForgetDevice, ForgotPassword, GetDevice,
    GetTokensFromRefreshToken, GetUser, GetUserAttributeVerificationCode, GetUserAuthFactors, GlobalSignOut,
    InitiateAuth, ListDevices, ListUserSessions, ListWebAuthnCredentials, MFAOptionType, ResendConfirmationCode,
    RespondToAuthChallenge, RevokeAssociatedSessionsType, RevokeToken, RevokeUserSession, SMSMfaSettingsType,
    SetUserMFAPreference, SetUserSettings, SignUp, SoftwareTokenMfaSettingsType, StartWebAuthnRegistration,
    UpdateAuthEventFeedback, UpdateDeviceStatus, UpdateUserAttributes, UserContextDataType, VerifySoftwareToken,
    VerifyUserAttribute, WebAuthnMfaSettingsType,
};
use cognito_userpools::{Client, Error};
use serde_json::json;
use std::fmt::Debug;

pub struct User {
    pub client: Client,
    pub username: String,
    pub access_token: String,
}

fn analytics() -> AnalyticsMetadataType {
    AnalyticsMetadataType::new().analytics_endpoint_id("0123456789abcdef")
}

fn context() -> UserContextDataType {
    UserContextDataType::new().encoded_data("gathered on the device").ip_address("192.0.2.1")
}

fn metadata() -> [(&'static str, &'static str); 2] {
    [("channel", "app"), ("locale", "en-GB")]
}

impl User {
    pub async fn associate_software_token(&self) -> Result<impl Debug, Error> {
        AssociateSoftwareToken::new().access_token(&self.access_token).send(&self.client).await
    }

    pub async fn change_password(&self) -> Result<impl Debug, Error> {
        ChangePassword::new(&self.access_token, "correct horse 2")
            .previous_password("correct horse 1")
            .send(&self.client)
            .await
    }

    pub async fn complete_web_authn_registration(&self) -> Result<impl Debug, Error> {
        let credential = json!({
            "id": "AQID",
            "type": "public-key",
            "response": { "clientDataJSON": "e30", "attestationObject": "o2M", "transports": ["internal", "hybrid"] },
        });
        CompleteWebAuthnRegistration::new(&self.access_token, credential).send(&self.client).await
    }

    pub async fn confirm_device(&self) -> Result<impl Debug, Error> {
        let verifier = DeviceSecretVerifierConfigType::new().password_verifier("dmVyaWZpZXI=").salt("c2FsdA==");
        ConfirmDevice::new(&self.access_token, "eu-west-1_0a1b")
            .device_name("a telephone")
            .device_secret_verifier_config(verifier)
            .send(&self.client)
            .await
    }

    pub async fn confirm_forgot_password(&self) -> Result<impl Debug, Error> {
        ConfirmForgotPassword::new(&self.username, "123456", "correct horse 3")
            .analytics_metadata(analytics())
            .client_metadata(metadata())
            .user_context_data(context())
            .send(&self.client)
            .await
    }

    pub async fn confirm_sign_up(&self) -> Result<impl Debug, Error> {
        ConfirmSignUp::new(&self.username, "123456")
            .analytics_metadata(analytics())
            .client_metadata(metadata())
            .force_alias_creation(true)
            .session("a session of twenty or more")
            .user_context_data(context())
            .send(&self.client)
            .await
    }

    pub async fn delete_user(&self) -> Result<impl Debug, Error> {
        DeleteUser::new(&self.access_token).send(&self.client).await
    }

    pub async fn delete_user_attributes(&self) -> Result<impl Debug, Error> {
        let names = ["nickname", "custom:team"];
        DeleteUserAttributes::new(&self.access_token, names).send(&self.client).await
    }

    pub async fn delete_web_authn_credential(&self) -> Result<impl Debug, Error> {
        DeleteWebAuthnCredential::new(&self.access_token, "AQID").send(&self.client).await
    }

    pub async fn forget_device(&self) -> Result<impl Debug, Error> {
        ForgetDevice::new("eu-west-1_0a1b").access_token(&self.access_token).send(&self.client).await
    }

    pub async fn forgot_password(&self) -> Result<impl Debug, Error> {
        ForgotPassword::new(&self.username)
            .analytics_metadata(analytics())
            .client_metadata(metadata())
            .user_context_data(context())
            .send(&self.client)
            .await
    }

    pub async fn get_device(&self) -> Result<impl Debug, Error> {
        GetDevice::new("eu-west-1_0a1b").access_token(&self.access_token).send(&self.client).await
    }

    pub async fn get_tokens_from_refresh_token(&self) -> Result<impl Debug, Error> {
        GetTokensFromRefreshToken::new("refresh.token")
            .client_metadata(metadata())
            .device_key("eu-west-1_0a1b")
            .send(&self.client)
            .await
    }

    pub async fn get_user(&self) -> Result<impl Debug, Error> {
        GetUser::new(&self.access_token).send(&self.client).await
    }

    pub async fn get_user_attribute_verification_code(&self) -> Result<impl Debug, Error> {
        GetUserAttributeVerificationCode::new(&self.access_token, "email")
            .client_metadata(metadata())
            .send(&self.client)
            .await
    }

    pub async fn get_user_auth_factors(&self) -> Result<impl Debug, Error> {
        GetUserAuthFactors::new(&self.access_token).send(&self.client).await
    }

    pub async fn global_sign_out(&self) -> Result<impl Debug, Error> {
        GlobalSignOut::new(&self.access_token).send(&self.client).await
    }

    pub async fn initiate_auth(&self) -> Result<impl Debug, Error> {
        let parameters = [("USERNAME", &*self.username), ("PASSWORD", "correct horse 3")];
        InitiateAuth::new(AuthFlowType::UserPasswordAuth)
            .analytics_metadata(analytics())
            .auth_parameters(parameters)
            .client_metadata(metadata())
            .user_context_data(context())
            .send(&self.client)
            .await
    }

    pub async fn list_devices(&self) -> Result<impl Debug, Error> {
        ListDevices::new(&self.access_token).limit(10).pagination_token("next").send(&self.client).await
    }

    pub async fn list_user_sessions(&self) -> Result<impl Debug, Error> {
        ListUserSessions::new(&self.access_token).next_token("next").send(&self.client).await
    }

    pub async fn list_web_authn_credentials(&self) -> Result<impl Debug, Error> {
        ListWebAuthnCredentials::new(&self.access_token).max_results(10).next_token("next").send(&self.client).await
    }

    pub async fn resend_confirmation_code(&self) -> Result<impl Debug, Error> {
        ResendConfirmationCode::new(&self.username)
            .analytics_metadata(analytics())
            .client_metadata(metadata())
            .user_context_data(context())
            .send(&self.client)
            .await
    }

    pub async fn respond_to_auth_challenge(&self) -> Result<impl Debug, Error> {
        let responses = [("USERNAME", &*self.username), ("NEW_PASSWORD", "correct horse 4")];
        RespondToAuthChallenge::new(ChallengeNameType::NewPasswordRequired)
            .analytics_metadata(analytics())
            .challenge_responses(responses)
            .client_metadata(metadata())
            .session("a session of twenty or more")
            .user_context_data(context())
            .send(&self.client)
            .await
    }

    pub async fn revoke_token(&self) -> Result<impl Debug, Error> {
        // The SDK does not support `revoke_associated_sessions`.
        RevokeToken::new("refresh.token").send(&self.client).await
    }

    pub async fn revoke_user_session(&self) -> Result<impl Debug, Error> {
        RevokeUserSession::new(&self.access_token, "tkn0123456789abcdefghijklmno")
            .revoke_associated_sessions(RevokeAssociatedSessionsType::None)
            .send(&self.client)
            .await
    }

    pub async fn set_user_mfa_preference(&self) -> Result<impl Debug, Error> {
        SetUserMFAPreference::new(&self.access_token)
            .email_mfa_settings(EmailMfaSettingsType::new().enabled(true).preferred_mfa(false))
            .sms_mfa_settings(SMSMfaSettingsType::new().enabled(false).preferred_mfa(false))
            .software_token_mfa_settings(SoftwareTokenMfaSettingsType::new().enabled(true).preferred_mfa(true))
            .web_authn_mfa_settings(WebAuthnMfaSettingsType::new().enabled(true))
            .send(&self.client)
            .await
    }

    pub async fn set_user_settings(&self) -> Result<impl Debug, Error> {
        let option = MFAOptionType::new().attribute_name("phone_number").delivery_medium(DeliveryMediumType::Sms);
        SetUserSettings::new(&self.access_token, [option]).send(&self.client).await
    }

    pub async fn sign_up(&self) -> Result<impl Debug, Error> {
        SignUp::new(&self.username)
            .analytics_metadata(analytics())
            .client_metadata(metadata())
            .password("correct horse 0")
            .user_attributes([("email", "alice@example.com"), ("custom:team", "blue")])
            .user_context_data(context())
            .validation_data([("invitation", "42")])
            .send(&self.client)
            .await
    }

    pub async fn start_web_authn_registration(&self) -> Result<impl Debug, Error> {
        StartWebAuthnRegistration::new(&self.access_token).send(&self.client).await
    }

    pub async fn update_auth_event_feedback(&self) -> Result<impl Debug, Error> {
        let (event, token, pool) = ("0a1b2c3d-event", "feedback.token", "eu-west-1_AbCdEfGhI");
        UpdateAuthEventFeedback::new(pool, &self.username, event, token, FeedbackValueType::Valid)
            .send(&self.client)
            .await
    }

    pub async fn update_device_status(&self) -> Result<impl Debug, Error> {
        UpdateDeviceStatus::new(&self.access_token, "eu-west-1_0a1b")
            .device_remembered_status(DeviceRememberedStatusType::Remembered)
            .send(&self.client)
            .await
    }

    pub async fn update_user_attributes(&self) -> Result<impl Debug, Error> {
        let attributes = [("email", "alice@example.org"), ("nickname", "Al")];
        UpdateUserAttributes::new(&self.access_token, attributes).client_metadata(metadata()).send(&self.client).await
    }

    pub async fn verify_software_token(&self) -> Result<impl Debug, Error> {
        VerifySoftwareToken::new("123456")
            .access_token(&self.access_token)
            .friendly_device_name("a telephone")
            .send(&self.client)
            .await
    }

    pub async fn verify_user_attribute(&self) -> Result<impl Debug, Error> {
        VerifyUserAttribute::new(&self.access_token, "email", "123456").send(&self.client).await
    }
}
