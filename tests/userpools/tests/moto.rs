//! Tests of the operations that moto supports. It accepts any SRP proof and any code of a sign-up. It checks the secret
//! hash only in `USER_SRP_AUTH`, in refreshes, and with the codes of authenticator apps.
//!
//! It does not support resending the code of a sign-up, `GetTokensFromRefreshToken`, `RevokeToken`, `DeleteUser`,
//! devices, or passkeys. Its response to them is an HTML page with the status 500. It sends no codes.

#![allow(missing_docs, clippy::expect_used, clippy::panic)]

use cognito_op::{Error, ErrorKind, Reason};
use cognito_op_tests::peers::Peer;
use cognito_op_tests::pool::{PASSWORD, Pool};
use cognito_op_tests_userpools::{Either, Run, address, invited, on, sign_up_request, totp, wrong_totp};
use cognito_userpools::operations::{
    AssociateSoftwareToken, AttributeType, ChangePassword, ConfirmForgotPassword, ConfirmSignUp, DeleteUser,
    ForgotPassword, GetTokensFromRefreshToken, GetUser, GlobalSignOut, ListDevices, ResendConfirmationCode,
    RevokeToken, SetUserMFAPreference, SoftwareTokenMfaSettingsType, UpdateUserAttributes, VerifySoftwareToken,
    VerifySoftwareTokenResponseType,
};
use cognito_userpools::sign_in::{CodeChallenge, SignIn, Step, Tokens};
use std::sync::LazyLock;
use std::time::Duration;

/// moto accepts any code.
const CODE: &str = "123456";
const NEW_PASSWORD: &str = "Battery staple-8";
/// The number of attempts with a right code. moto rejects a code whose time step has just ended.
const TRIES: usize = 3;

static POOL: LazyLock<Pool> = LazyLock::new(|| {
    let invited = invited(&["new_password", "new_password_after_the_proof"]);
    let arguments: Vec<_> = invited.iter().map(String::as_str).collect();
    Pool::on(Peer::moto(), &arguments)
});

/// A pool whose users sign in with their email addresses.
static EMAILS: LazyLock<Pool> = LazyLock::new(|| POOL.beside(&["--emails"]));

/// A pool that requires a second factor.
static STRICT: LazyLock<Pool> = LazyLock::new(|| {
    let invited = invited(&["second_factor_to_set_up"]);
    let mut arguments: Vec<_> = invited.iter().map(String::as_str).collect();
    arguments.push("--mfa=ON");
    POOL.beside(&arguments)
});

cognito_op_tests_userpools::flows! {
    POOL: sign_up passwords proofs email_addresses new_password new_password_after_the_proof authenticator_app
    second_factor_to_set_up change_password forgotten_password profile refresh session global_sign_out wrong_secret user_auth
    missing_operations
}

fn srp(run: Run, user: &str, password: &str) -> SignIn {
    SignIn::user_srp_auth(run.pool.id(), user, password)
}

fn assert_refused<T>(outcome: Result<T, Error>, kind: ErrorKind) {
    let error = outcome.map(|_| ()).expect_err("it is refused");
    assert_eq!(error.kind(), kind, "{error}");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(400));
}

async fn sign_up(run: Run) {
    let (client, user) = (run.confidential(), run.user());
    let answer = client.send(sign_up_request(&user)).await.expect("a user");
    assert!(!answer.user_confirmed);
    let details = answer.code_delivery_details.expect("the delivery details");
    // moto returns `phone_number`, regardless of the pool's settings and the user's attributes.
    assert_eq!(details.attribute_name.as_deref(), Some("phone_number"));
    assert_refused(client.send(sign_up_request(&user)).await, ErrorKind::UsernameExists);
    for outcome in [client.start(srp(run, &user, PASSWORD)).await, client.start_with(&user, PASSWORD).await] {
        assert_refused(outcome, ErrorKind::UserNotConfirmed);
    }
    client.send(ConfirmSignUp::new(&user, CODE)).await.expect("the user is confirmed");
    client.sign_in(&user, PASSWORD).await.expect("tokens");
}

async fn passwords(run: Run) {
    let user = run.user();
    run.confidential().register(&user, CODE).await;
    for client in [run.confidential(), run.public()] {
        let tokens = client.sign_in(&user, PASSWORD).await.expect("tokens");
        assert_eq!(tokens.expires_in, Some(Duration::from_hours(1)));
        let wrong = client.start_with(&user, "Correct-Horse-8").await;
        assert_eq!(wrong.as_ref().map_err(Error::reason).map(|_| ()), Err(Reason::IncorrectCredentials));
        assert_refused(wrong, ErrorKind::NotAuthorized);
        assert_refused(client.start_with("nobody", PASSWORD).await, ErrorKind::UserNotFound);
    }
}

async fn prove(run: Run, client: &Either, user: &str, password: &str) -> Tokens {
    let step = client.start(srp(run, user, password)).await.expect("moto accepts any proof");
    step.into_tokens().expect("no further challenge")
}

async fn proofs(run: Run) {
    let user = run.user();
    run.confidential().register(&user, CODE).await;
    for client in [run.confidential(), run.public()] {
        for password in [PASSWORD, "Correct-Horse-8"] {
            let tokens = prove(run, &client, &user, password).await;
            let answer = client.send(GetUser::new(tokens.access_token)).await.expect("the user");
            assert_eq!(answer.username, user);
        }
        assert_refused(client.start(srp(run, "nobody", PASSWORD)).await, ErrorKind::UserNotFound);
    }
}

/// The user name in the pool differs from the email address of the sign-in. Secret hashes are computed over the user
/// name.
async fn email_addresses(run: Run) {
    let run = run.within(&EMAILS);
    let address = address(&run.user());
    run.confidential().register(&address, CODE).await;
    for client in [run.confidential(), run.public()] {
        let proved = prove(run, &client, &address, PASSWORD).await;
        let answer = client.send(GetUser::new(&proved.access_token)).await.expect("the user");
        assert_ne!(answer.username, address);
        let refresh = proved.refresh().expect("a refresh token");
        assert!(client.refresh(refresh).await.is_ok_and(|tokens| tokens.id_token.is_some()));
    }
}

/// A user whom an administrator created sets a new password. Later sign-ins need only the new password.
async fn set_password(client: &Either, user: &str, sign_in: SignIn) {
    let Step::NewPasswordRequired(challenge) = client.start(sign_in).await.expect("a challenge") else {
        panic!("the password is a temporary one");
    };
    let refused = on!(client, challenge.answer / answer_blocking("password")).expect_err("an invalid password");
    assert_eq!(refused.error().kind(), ErrorKind::InvalidPassword);
    let challenge = refused.into_challenge().expect("the session is still valid");
    let step = on!(client, challenge.answer / answer_blocking(NEW_PASSWORD)).expect("it is accepted");
    step.into_tokens().expect("no further challenge");
    client.sign_in(user, NEW_PASSWORD).await.expect("tokens");
    assert_refused(client.start_with(user, PASSWORD).await, ErrorKind::NotAuthorized);
}

async fn new_password(run: Run) {
    let user = run.user();
    set_password(&run.public(), &user, SignIn::user_password_auth(&user, PASSWORD)).await;
}

async fn new_password_after_the_proof(run: Run) {
    let user = run.user();
    set_password(&run.confidential(), &user, srp(run, &user, PASSWORD)).await;
}

/// Answers with a wrong code and then with a right one.
async fn answer_with_codes(client: &Either, mut challenge: CodeChallenge, secret: &str) -> Tokens {
    let wrong = on!(client, challenge.answer / answer_blocking(wrong_totp(secret)));
    let refused = wrong.expect_err("the code is wrong");
    assert_eq!(refused.error().kind(), ErrorKind::CodeMismatch);
    challenge = refused.into_challenge().expect("the session is still valid");
    loop {
        match on!(client, challenge.answer / answer_blocking(totp(secret))) {
            Ok(step) => return step.into_tokens().expect("no further challenge"),
            Err(refused) => challenge = refused.into_challenge().expect("the session is still valid"),
        }
    }
}

async fn authenticator_app(run: Run) {
    let (client, user) = (run.confidential(), run.user());
    client.register(&user, CODE).await;
    let token = client.sign_in(&user, PASSWORD).await.expect("tokens").access_token;
    let associated = client.send(AssociateSoftwareToken::new().access_token(&token)).await.expect("a secret");
    let secret = associated.secret_code.expect("a secret");
    let verify = |code| client.send(VerifySoftwareToken::new(code).access_token(&token));
    assert_refused(verify(wrong_totp(&secret)).await, ErrorKind::CodeMismatch);
    let mut verified = verify(totp(&secret)).await;
    for _ in 1..TRIES {
        if verified.as_ref().is_err_and(|error| error.kind() == ErrorKind::CodeMismatch) {
            verified = verify(totp(&secret)).await;
        }
    }
    assert_eq!(verified.expect("the code is right").status, Some(VerifySoftwareTokenResponseType::Success));
    let settings = SoftwareTokenMfaSettingsType::new().enabled(true).preferred_mfa(true);
    let preference = SetUserMFAPreference::new(&token).software_token_mfa_settings(settings);
    client.send(preference).await.expect("it is preferred");

    for client in [client, run.public()] {
        for sign_in in [srp(run, &user, PASSWORD), SignIn::user_password_auth(&user, PASSWORD)] {
            let Step::SoftwareTokenMfa(challenge) = client.start(sign_in).await.expect("a challenge") else {
                panic!("a second factor is on");
            };
            let tokens = answer_with_codes(&client, challenge, &secret).await;
            client.send(GetUser::new(tokens.access_token)).await.expect("the user");
        }
    }
}

async fn second_factor_to_set_up(run: Run) {
    let (run, user) = (run.within(&STRICT), run.user());
    let client = run.confidential();
    let Step::NewPasswordRequired(challenge) = client.start_with(&user, PASSWORD).await.expect("a challenge") else {
        panic!("the password is a temporary one");
    };
    let step = on!(client, challenge.answer / answer_blocking(NEW_PASSWORD)).expect("it is accepted");
    let Step::MfaSetup(challenge) = step else { panic!("a second factor is required: {step:?}") };
    // The service returns the factors as JSON. moto returns the Python representation of a list.
    assert_eq!(challenge.available(), []);
    let setup = on!(client, challenge.software_token / software_token_blocking()).expect("a secret");
    let secret = setup.secret_code().to_owned();
    let wrong = on!(client, setup.verify / verify_blocking(wrong_totp(&secret))).expect_err("the code is wrong");
    assert_eq!(wrong.error().kind(), ErrorKind::CodeMismatch);
    let setup = wrong.into_challenge().expect("the session is still valid");
    let mut step = on!(client, setup.verify / verify_blocking(totp(&secret)));
    for _ in 1..TRIES {
        if let Err(refused) = step {
            let setup = refused.into_challenge().expect("the session is still valid");
            step = on!(client, setup.verify / verify_blocking(totp(&secret)));
        }
    }
    let tokens = step.expect("the code is right").into_tokens().expect("no further challenge");
    client.send(GetUser::new(tokens.access_token)).await.expect("the user");

    let Step::SoftwareTokenMfa(challenge) = client.start_with(&user, NEW_PASSWORD).await.expect("a challenge") else {
        panic!("the second factor is on");
    };
    answer_with_codes(&client, challenge, &secret).await;
}

async fn change_password(run: Run) {
    let (client, user) = (run.confidential(), run.user());
    client.register(&user, CODE).await;
    let token = client.sign_in(&user, PASSWORD).await.expect("tokens").access_token;
    let change = |from, to| client.send(ChangePassword::new(&token, to).previous_password(from));
    assert_refused(change("Correct-Horse-8", NEW_PASSWORD).await, ErrorKind::NotAuthorized);
    assert_refused(change(PASSWORD, "password").await, ErrorKind::InvalidPassword);
    change(PASSWORD, NEW_PASSWORD).await.expect("it is changed");
    assert_refused(client.start_with(&user, PASSWORD).await, ErrorKind::NotAuthorized);
    client.sign_in(&user, NEW_PASSWORD).await.expect("tokens");
}

/// moto rejects a code that has the prefix of its own codes and differs from the code that it returned in a header. It
/// accepts any other code.
async fn forgotten_password(run: Run) {
    let (client, user) = (run.confidential(), run.user());
    client.register(&user, CODE).await;
    let sent = client.send(ForgotPassword::new(&user)).await.expect("a response");
    assert!(sent.code_delivery_details.is_some_and(|details| details.destination.is_some()));
    let confirm = |code: &str| client.send(ConfirmForgotPassword::new(&user, code, NEW_PASSWORD));
    assert_refused(confirm("moto-confirmation-code:wrong").await, ErrorKind::ExpiredCode);
    client.sign_in(&user, PASSWORD).await.expect("the old password is valid");
    confirm(CODE).await.expect("it is set");
    assert_refused(client.start_with(&user, PASSWORD).await, ErrorKind::NotAuthorized);
    client.sign_in(&user, NEW_PASSWORD).await.expect("tokens");
}

async fn profile(run: Run) {
    let (client, user) = (run.public(), run.user());
    client.register(&user, CODE).await;
    let token = client.sign_in(&user, PASSWORD).await.expect("tokens").access_token;
    let name = AttributeType::new("name").value("José 😀");
    client.send(UpdateUserAttributes::new(&token, [name.clone()])).await.expect("it is set");
    let answer = client.send(GetUser::new(&token)).await.expect("the user");
    assert_eq!(answer.username, user);
    assert!(answer.user_attributes.contains(&name));
    assert_refused(client.send(GetUser::new("no-token")).await, ErrorKind::NotAuthorized);
}

async fn refresh(run: Run) {
    cognito_op_tests_userpools::refresh(run, CODE).await;
}

async fn session(run: Run) {
    cognito_op_tests_userpools::session(run, CODE, &[false], false).await;
}

async fn global_sign_out(run: Run) {
    let (client, user) = (run.confidential(), run.user());
    client.register(&user, CODE).await;
    let tokens = client.sign_in(&user, PASSWORD).await.expect("tokens");
    client.send(GlobalSignOut::new(&tokens.access_token)).await.expect("signed out");
    assert_refused(client.send(GetUser::new(&tokens.access_token)).await, ErrorKind::NotAuthorized);
    assert_refused(client.refresh(tokens.refresh().expect("a refresh token")).await, ErrorKind::NotAuthorized);
    let again = client.send(GlobalSignOut::new(&tokens.access_token)).await.expect_err("the token is revoked");
    assert_eq!(again.kind(), ErrorKind::NotAuthorized);
    // moto quotes the token in its message.
    assert!(!again.to_string().contains(&tokens.access_token), "{again}");
}

async fn wrong_secret(run: Run) {
    let (right, wrong, user) = (run.confidential(), run.confidential_with("not the secret"), run.user());
    right.register(&user, CODE).await;
    assert_refused(wrong.start(srp(run, &user, PASSWORD)).await, ErrorKind::NotAuthorized);
    let refresh = right.sign_in(&user, PASSWORD).await.expect("tokens").refresh().expect("a refresh token");
    assert_refused(wrong.refresh(refresh).await, ErrorKind::NotAuthorized);
}

/// moto does not support the flow. Its error is returned to the caller.
async fn user_auth(run: Run) {
    assert_refused(run.public().start(SignIn::user_auth("nobody")).await, ErrorKind::InvalidParameter);
}

async fn missing_operations(run: Run) {
    fn assert_html<T>(outcome: Result<T, Error>) {
        let error = outcome.map(|_| ()).expect_err("moto does not know it");
        assert_eq!((error.kind(), error.code()), (ErrorKind::Unknown, None), "{error}");
        assert_eq!(error.status().map(|status| status.as_u16()), Some(500));
        assert!(error.may_have_executed(), "the outcome is unknown");
    }
    let (client, user) = (run.confidential(), run.user());
    client.register(&user, CODE).await;
    let tokens = client.sign_in(&user, PASSWORD).await.expect("tokens");
    let token = &tokens.access_token;
    let refresh_token = tokens.refresh_token.as_deref().expect("a refresh token");
    assert_html(client.send(ResendConfirmationCode::new(&user)).await);
    assert_html(client.send(GetTokensFromRefreshToken::new(refresh_token)).await);
    assert_html(client.send(RevokeToken::new(refresh_token)).await);
    assert_html(client.send(DeleteUser::new(token)).await);
    assert_html(client.send(ListDevices::new(token)).await);
    // moto accepts the name of the flow, and returns an empty response.
    let error = client.start(SignIn::custom_auth(&user)).await.expect_err("an empty response");
    assert_eq!((error.kind(), error.status().map(|status| status.as_u16())), (ErrorKind::Unreadable, Some(200)));
}
