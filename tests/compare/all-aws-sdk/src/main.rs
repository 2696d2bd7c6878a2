//! Calls each operation once with the AWS SDK and prints the result, like `all-cognito-op`.

mod user;

use aws_sdk_cognitoidentityprovider::config::{BehaviorVersion, Region};
use aws_sdk_cognitoidentityprovider::{Client, Config};
use aws_smithy_http_client::Builder;
use aws_smithy_http_client::tls::Provider;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use std::error::Error;
use user::User;

macro_rules! call_each {
    ($user:ident: $($operation:ident)*) => {$(
        println!("{} {:?}", stringify!($operation), $user.$operation().await);
    )*};
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let mut argument = || arguments.next().ok_or("usage: ENDPOINT CLIENT_ID SECRET USERNAME ACCESS_TOKEN");
    let (endpoint, client_id, secret) = (argument()?, argument()?, argument()?);
    let (username, access_token) = (argument()?, argument()?);
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
        let config = Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .endpoint_url(endpoint)
            .http_client(Builder::new().tls_provider(Provider::Rustls(CryptoMode::Ring)).build_https())
            .region(Region::from_static("eu-west-1"))
            .build();
        call_all(&User { client: Client::from_conf(config), client_id, secret, username, access_token }).await;
        Ok(())
    })
}

async fn call_all(user: &User) {
    call_each! { user:
        associate_software_token
        change_password
        complete_web_authn_registration
        confirm_device
        confirm_forgot_password
        confirm_sign_up
        delete_user
        delete_user_attributes
        delete_web_authn_credential
        forget_device
        forgot_password
        get_device
        get_tokens_from_refresh_token
        get_user
        get_user_attribute_verification_code
        get_user_auth_factors
        global_sign_out
        initiate_auth
        list_devices
        list_web_authn_credentials
        resend_confirmation_code
        respond_to_auth_challenge
        revoke_token
        set_user_mfa_preference
        set_user_settings
        sign_up
        start_web_authn_registration
        update_auth_event_feedback
        update_device_status
        update_user_attributes
        verify_software_token
        verify_user_attribute
    }
}
