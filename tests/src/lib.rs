//! What a downstream crate of `cognito-op` looks like, and the tools of its tests.

#![allow(clippy::expect_used, clippy::panic, clippy::missing_panics_doc)]

pub mod calls;
pub mod contract;
pub mod lints;
pub mod peers;
pub mod pool;
pub mod proxy;
pub mod resend;
pub mod server;
pub mod transport;
pub mod written;

/// Hands the names of the operations that are called without AWS credentials to a macro.
#[macro_export]
macro_rules! public_operations {
    ($do:ident) => {
        $do! {
            AssociateSoftwareToken ChangePassword CompleteWebAuthnRegistration ConfirmDevice ConfirmForgotPassword
            ConfirmSignUp DeleteUser DeleteUserAttributes DeleteWebAuthnCredential ForgetDevice ForgotPassword GetDevice
            GetTokensFromRefreshToken GetUser GetUserAttributeVerificationCode GetUserAuthFactors GlobalSignOut InitiateAuth
            ListDevices ListUserSessions ListWebAuthnCredentials ResendConfirmationCode RespondToAuthChallenge RevokeToken
            RevokeUserSession SetUserMFAPreference SetUserSettings SignUp StartWebAuthnRegistration UpdateAuthEventFeedback
            UpdateDeviceStatus UpdateUserAttributes VerifySoftwareToken VerifyUserAttribute
        }
    };
}
