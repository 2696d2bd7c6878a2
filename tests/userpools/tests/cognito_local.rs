//! Tests of the operations that cognito-local supports. Its errors have no request id. It reports a wrong password as
//! an `InvalidPasswordException`.
//!
//! It does not support SRP or any flow other than `USER_PASSWORD_AUTH` and refreshes, resending the code of a sign-up,
//! global sign-outs, `GetTokensFromRefreshToken`, devices, or passkeys. It does not check secrets, and accepts any
//! access token that it can parse.

#![allow(missing_docs, clippy::expect_used, clippy::panic)]

use cognito_op::{Error, ErrorKind};
use cognito_op_tests::peers::Peer;
use cognito_op_tests::pool::{PASSWORD, Pool};
use cognito_op_tests_userpools::{Either, Run, address, invited, on, sign_up_request, totp, wrong_totp};
use cognito_userpools::operations::{
    AssociateSoftwareToken, AttributeType, ChallengeNameType, ChangePassword, ConfirmForgotPassword, ConfirmSignUp,
    DeleteUser, DeleteUserAttributes, DeliveryMediumType, ForgotPassword, GetTokensFromRefreshToken, GetUser,
    GetUserAttributeVerificationCode, GlobalSignOut, ListDevices, ResendConfirmationCode, RevokeToken,
    SMSMfaSettingsType, SetUserMFAPreference, SoftwareTokenMfaSettingsType, UpdateUserAttributes, VerifySoftwareToken,
    VerifySoftwareTokenResponseType, VerifyUserAttribute,
};
use cognito_userpools::sign_in::{SignIn, Step, Tokens};
use std::sync::LazyLock;

/// The code that cognito-local always sends.
const CODE: &str = "123456";
const NEW_PASSWORD: &str = "Battery staple-8";

static POOL: LazyLock<Pool> = LazyLock::new(|| {
    let invited = invited(&["new_password"]);
    let arguments: Vec<_> = invited.iter().map(String::as_str).collect();
    Pool::on(Peer::cognito_local(), &arguments)
});

cognito_op_tests_userpools::flows! {
    POOL: sign_up passwords new_password change_password forgotten_password profile verified_address refresh revoked_token
    deleted_user authenticator_app choice_of_second_factors missing_operations
}

fn assert_refused<T>(outcome: Result<T, Error>, kind: ErrorKind) {
    let error = outcome.map(|_| ()).expect_err("it is refused");
    assert_eq!((error.kind(), error.request_id()), (kind, None), "{error}");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(400));
}

async fn sign_up(run: Run) {
    let (client, user) = (run.confidential(), run.user());
    let answer = client.send(sign_up_request(&user)).await.expect("a user");
    assert!(!answer.user_confirmed);
    assert!(!answer.user_sub.is_empty());
    let details = answer.code_delivery_details.expect("a code");
    assert_eq!(details.delivery_medium, Some(DeliveryMediumType::Email));
    assert_refused(client.send(sign_up_request(&user)).await, ErrorKind::UsernameExists);
    assert_refused(client.start_with(&user, PASSWORD).await, ErrorKind::UserNotConfirmed);
    assert_refused(client.send(ConfirmSignUp::new(&user, "654321")).await, ErrorKind::CodeMismatch);
    client.send(ConfirmSignUp::new(&user, CODE)).await.expect("the user is confirmed");
    assert_refused(client.send(ConfirmSignUp::new(&user, CODE)).await, ErrorKind::ExpiredCode);
    client.sign_in(&user, PASSWORD).await.expect("tokens");
}

async fn passwords(run: Run) {
    let user = run.user();
    run.confidential().register(&user, CODE).await;
    for client in [run.confidential(), run.public()] {
        let tokens = client.sign_in(&user, PASSWORD).await.expect("tokens");
        assert!(tokens.id_token.is_some() && tokens.refresh_token.is_some());
        // cognito-local does not return these members.
        assert_eq!((tokens.expires_in, tokens.token_type), (None, None));
        assert_refused(client.start_with(&user, "Correct-Horse-8").await, ErrorKind::InvalidPassword);
        assert_refused(client.start_with("nobody", PASSWORD).await, ErrorKind::NotAuthorized);
    }
}

async fn new_password(run: Run) {
    let (client, user) = (run.confidential(), run.user());
    let Step::NewPasswordRequired(challenge) = client.start_with(&user, PASSWORD).await.expect("a challenge") else {
        panic!("the password is a temporary one");
    };
    assert_eq!(challenge.required_attributes(), Vec::<String>::new());
    assert_eq!(challenge.user_attributes().get("email"), Some(&address(&user)));
    let step = on!(client, challenge.answer / answer_blocking(NEW_PASSWORD)).expect("it is accepted");
    let tokens = step.into_tokens().expect("no further challenge");
    client.send(GetUser::new(tokens.access_token)).await.expect("the user");
    client.sign_in(&user, NEW_PASSWORD).await.expect("tokens");
    assert_refused(client.start_with(&user, PASSWORD).await, ErrorKind::InvalidPassword);
}

async fn change_password(run: Run) {
    let (client, user) = (run.confidential(), run.user());
    client.register(&user, CODE).await;
    let token = client.sign_in(&user, PASSWORD).await.expect("tokens").access_token;
    let change = |from| ChangePassword::new(&token, NEW_PASSWORD).previous_password(from);
    assert_refused(client.send(change("Correct-Horse-8")).await, ErrorKind::InvalidPassword);
    client.send(change(PASSWORD)).await.expect("it is changed");
    assert_refused(client.start_with(&user, PASSWORD).await, ErrorKind::InvalidPassword);
    client.sign_in(&user, NEW_PASSWORD).await.expect("tokens");
}

async fn forgotten_password(run: Run) {
    let (client, user) = (run.confidential(), run.user());
    client.register(&user, CODE).await;
    let sent = client.send(ForgotPassword::new(&user)).await.expect("a code");
    assert_eq!(sent.code_delivery_details.and_then(|details| details.destination), Some(address(&user)));
    let confirm = |code| ConfirmForgotPassword::new(&user, code, NEW_PASSWORD);
    assert_refused(client.send(confirm("654321")).await, ErrorKind::CodeMismatch);
    client.send(confirm(CODE)).await.expect("it is set");
    assert_refused(client.start_with(&user, PASSWORD).await, ErrorKind::InvalidPassword);
    client.sign_in(&user, NEW_PASSWORD).await.expect("tokens");
    assert_refused(client.send(ForgotPassword::new("nobody")).await, ErrorKind::UserNotFound);
}

/// The value of an attribute.
async fn attribute(client: &Either, token: &str, name: &str) -> Option<String> {
    let answer = client.send(GetUser::new(token)).await.expect("the user");
    let mut attributes = answer.user_attributes.into_iter();
    attributes.find(|attribute| attribute.name == name).and_then(|attribute| attribute.value)
}

async fn profile(run: Run) {
    let (client, user) = (run.confidential(), run.user());
    client.register(&user, CODE).await;
    let token = client.sign_in(&user, PASSWORD).await.expect("tokens").access_token;
    let answer = client.send(GetUser::new(&token)).await.expect("the user");
    assert_eq!(answer.username, user);
    let name = AttributeType::new("name").value("José 😀");
    client.send(UpdateUserAttributes::new(&token, [name])).await.expect("it is set");
    assert_eq!(attribute(&client, &token, "name").await.as_deref(), Some("José 😀"));
    client.send(DeleteUserAttributes::new(&token, ["name"])).await.expect("it is deleted");
    assert_eq!(attribute(&client, &token, "name").await, None);
    let unknown = AttributeType::new("custom:unknown").value("value");
    assert_refused(client.send(UpdateUserAttributes::new(&token, [unknown])).await, ErrorKind::InvalidParameter);
    assert_refused(client.send(GetUser::new("no-token")).await, ErrorKind::InvalidParameter);
}

async fn verified_address(run: Run) {
    let (client, user) = (run.confidential(), run.user());
    client.register(&user, CODE).await;
    let token = client.sign_in(&user, PASSWORD).await.expect("tokens").access_token;
    let email = AttributeType::new("email").value("other@example.com");
    let sent = client.send(UpdateUserAttributes::new(&token, [email])).await.expect("it is set");
    let details = sent.code_delivery_details_list.expect("a list").pop().expect("a code");
    assert_eq!(details.destination.as_deref(), Some("other@example.com"));
    client.send(GetUserAttributeVerificationCode::new(&token, "email")).await.expect("another code");
    assert_ne!(attribute(&client, &token, "email_verified").await.as_deref(), Some("true"));
    let verify = |code| VerifyUserAttribute::new(&token, "email", code);
    assert_refused(client.send(verify("654321")).await, ErrorKind::CodeMismatch);
    client.send(verify(CODE)).await.expect("it is verified");
    assert_eq!(attribute(&client, &token, "email_verified").await.as_deref(), Some("true"));
}

async fn refresh(run: Run) {
    cognito_op_tests_userpools::refresh(run, CODE).await;
}

async fn revoked_token(run: Run) {
    let (client, user) = (run.confidential(), run.user());
    client.register(&user, CODE).await;
    let tokens = client.sign_in(&user, PASSWORD).await.expect("tokens");
    let revoke = RevokeToken::new(tokens.refresh_token.as_deref().expect("a refresh token"));
    client.send(revoke.clone()).await.expect("it is revoked");
    assert_refused(client.refresh(tokens.refresh().expect("a refresh token")).await, ErrorKind::NotAuthorized);
    assert_refused(client.send(revoke).await, ErrorKind::NotAuthorized);
}

async fn deleted_user(run: Run) {
    let (client, user) = (run.confidential(), run.user());
    client.register(&user, CODE).await;
    let token = client.sign_in(&user, PASSWORD).await.expect("tokens").access_token;
    client.send(DeleteUser::new(&token)).await.expect("the user is deleted");
    assert_refused(client.start_with(&user, PASSWORD).await, ErrorKind::NotAuthorized);
    assert_refused(client.send(GetUser::new(&token)).await, ErrorKind::UserNotFound);
}

/// Sets up an authenticator app for a new user. Returns the user's access token and the secret of the app.
async fn enrolled(client: &Either, user: &str) -> (String, String) {
    client.register(user, CODE).await;
    let token = client.sign_in(user, PASSWORD).await.expect("tokens").access_token;
    let associated = client.send(AssociateSoftwareToken::new().access_token(&token)).await.expect("a secret");
    let secret = associated.secret_code.expect("a secret");
    let verify = |code| VerifySoftwareToken::new(code).access_token(&token).friendly_device_name("telephone");
    assert_refused(client.send(verify(wrong_totp(&secret))).await, ErrorKind::CodeMismatch);
    let verified = client.send(verify(totp(&secret))).await.expect("the code is right");
    assert_eq!(verified.status, Some(VerifySoftwareTokenResponseType::Success));
    (token, secret)
}

/// Answers with a wrong code of the authenticator app, and then with the right one.
async fn answer_with_codes(client: &Either, step: Step, secret: &str) -> Tokens {
    let Step::SoftwareTokenMfa(challenge) = step else { panic!("a second factor is on: {step:?}") };
    assert_eq!(challenge.friendly_device_name(), Some("telephone"));
    let wrong = on!(client, challenge.answer / answer_blocking(wrong_totp(secret)));
    let refused = wrong.expect_err("the code is wrong");
    assert_eq!(refused.error().kind(), ErrorKind::CodeMismatch);
    let challenge = refused.into_challenge().expect("the session is still valid");
    let step = on!(client, challenge.answer / answer_blocking(totp(secret))).expect("the code is right");
    step.into_tokens().expect("no further challenge")
}

async fn authenticator_app(run: Run) {
    let (client, user) = (run.confidential(), run.user());
    let (token, secret) = enrolled(&client, &user).await;
    let settings = SoftwareTokenMfaSettingsType::new().enabled(true).preferred_mfa(true);
    let preference = SetUserMFAPreference::new(&token).software_token_mfa_settings(settings);
    client.send(preference).await.expect("it is preferred");
    let answer = client.send(GetUser::new(&token)).await.expect("the user");
    assert_eq!(answer.preferred_mfa_setting.as_deref(), Some("SOFTWARE_TOKEN_MFA"));
    for client in [client, run.public()] {
        let step = client.start_with(&user, PASSWORD).await.expect("a challenge");
        let tokens = answer_with_codes(&client, step, &secret).await;
        client.send(GetUser::new(tokens.access_token)).await.expect("the user");
    }
}

async fn choice_of_second_factors(run: Run) {
    let (client, user) = (run.confidential(), run.user());
    let (token, secret) = enrolled(&client, &user).await;
    let preference = SetUserMFAPreference::new(&token).sms_mfa_settings(SMSMfaSettingsType::new().enabled(true));
    client.send(preference).await.expect("both are on");
    let begin = async || match client.start_with(&user, PASSWORD).await.expect("a challenge") {
        Step::SelectMfaType(challenge) => challenge,
        step => panic!("expected a choice of factors: {step:?}"),
    };
    let challenge = begin().await;
    assert_eq!(challenge.available(), [ChallengeNameType::SmsMfa, ChallengeNameType::SoftwareTokenMfa]);
    let step =
        on!(client, challenge.select / select_blocking(ChallengeNameType::SoftwareTokenMfa)).expect("a challenge");
    answer_with_codes(&client, step, &secret).await;

    let challenge = begin().await;
    let neither = on!(client, challenge.select / select_blocking(ChallengeNameType::EmailOtp));
    let refused = neither.expect_err("the factor is not offered");
    assert_eq!(refused.error().kind(), ErrorKind::InvalidParameter);
    let challenge = refused.into_challenge().expect("the challenge is still valid");
    on!(client, challenge.select / select_blocking(ChallengeNameType::SoftwareTokenMfa)).expect("a challenge");
}

/// cognito-local reports an unsupported operation with the status 500 and an exception of its own. The error does not
/// tell whether the operation was executed.
async fn missing_operations(run: Run) {
    fn assert_unsupported<T>(outcome: Result<T, Error>) {
        let error = outcome.map(|_| ()).expect_err("it is not supported");
        assert_eq!((error.kind(), error.code()), (ErrorKind::Unknown, Some("Unsupported")), "{error}");
        assert_eq!(error.status().map(|status| status.as_u16()), Some(500));
        assert!(error.may_have_executed(), "{error}");
    }
    let (client, user) = (run.confidential(), run.user());
    client.register(&user, CODE).await;
    let tokens = client.sign_in(&user, PASSWORD).await.expect("tokens");
    let token = &tokens.access_token;
    let refresh_token = tokens.refresh_token.as_deref().expect("a refresh token");
    assert_unsupported(client.send(ResendConfirmationCode::new(&user)).await);
    assert_unsupported(client.send(GlobalSignOut::new(token)).await);
    assert_unsupported(client.send(GetTokensFromRefreshToken::new(refresh_token)).await);
    assert_unsupported(client.send(ListDevices::new(token)).await);
    assert_unsupported(client.start(SignIn::user_srp_auth(run.pool.id(), &user, PASSWORD)).await);
    assert_unsupported(client.start(SignIn::custom_auth(&user)).await);
    assert_unsupported(client.start(SignIn::user_auth(&user)).await);
}
