//! Sign-ups, sign-ins, sessions and profiles, against ministack, which checks secret hashes, SRP proofs and codes.
//!
//! ministack does not support `USER_AUTH`, `MFA_SETUP`, codes by SMS or email as a factor, devices, passkeys, or
//! several secrets of an app client. It does not check `ClientSecret`. It checks the session of a challenge only if a
//! trigger defined the challenge.

#![allow(missing_docs, clippy::expect_used, clippy::panic)]

use cognito_op::{Error, ErrorKind, Reason};
use cognito_op_tests::peers::Peer;
use cognito_op_tests::pool::{PASSWORD, Pool};
use cognito_op_tests_userpools::{Either, Run, address, invited, on, sign_up_request, totp, wrong_totp};
use cognito_userpools::operations::{
    AssociateSoftwareToken, AttributeType, ChangePassword, ConfirmForgotPassword, ConfirmSignUp, DeleteUser,
    DeliveryMediumType, ForgotPassword, GetTokensFromRefreshToken, GetUser, GlobalSignOut, ListDevices,
    ResendConfirmationCode, RevokeToken, SetUserMFAPreference, SoftwareTokenMfaSettingsType, UpdateUserAttributes,
    VerifySoftwareToken, VerifySoftwareTokenResponseType,
};
use cognito_userpools::sign_in::{
    AnswerError, CustomChallenge, FirstFactor, Refresh, SignIn, Step, Tokens, UnverifiedClaims,
};
use std::sync::LazyLock;
use std::time::Duration;

/// The code that confirms a sign-up.
const CODE: &str = "123456";
const NEW_PASSWORD: &str = "Battery staple-8";

static POOL: LazyLock<Pool> = LazyLock::new(|| {
    let invited = invited(&["new_password", "new_password_without_a_secret"]);
    let mut arguments: Vec<_> = invited.iter().map(String::as_str).collect();
    arguments.push("--triggers");
    Pool::on(Peer::ministack().0, &arguments)
});

cognito_op_tests_userpools::flows! {
    POOL: sign_up passwords new_password new_password_without_a_secret authenticator_app change_password forgotten_password
    profile refresh session global_sign_out revoked_token deleted_user custom_challenge custom_challenge_after_the_password user_auth
    wrong_secret several_app_clients unknown_operation
}

fn srp(user: &str, password: &str) -> SignIn {
    SignIn::user_srp_auth(POOL.id(), user, password)
}

async fn prove(client: &Either, user: &str, password: &str) -> Result<Tokens, Error> {
    let step = client.start(srp(user, password)).await?;
    Ok(step.into_tokens().expect("no further challenge"))
}

fn assert_refused<T>(outcome: Result<T, Error>, kind: ErrorKind, reason: Reason) {
    let error = outcome.map(|_| ()).expect_err("it is refused");
    assert_eq!((error.kind(), error.reason()), (kind, reason), "{error}");
    assert!(error.request_id().is_some(), "{error}");
}

async fn sign_up(run: Run) {
    let (client, user) = (run.confidential(), run.user());
    let codes = || run.pool.codes_sent_to(&address(&user));
    let answer = client.send(sign_up_request(&user)).await.expect("a user");
    assert!(!answer.user_confirmed);
    assert!(!answer.user_sub.is_empty());
    let details = answer.code_delivery_details.expect("a code");
    assert_eq!(details.delivery_medium, Some(DeliveryMediumType::Email));
    assert_eq!(codes(), [CODE]);
    let again = client.send(sign_up_request(&user)).await;
    assert_refused(again, ErrorKind::UsernameExists, Reason::UsernameExists);

    client.send(ResendConfirmationCode::new(&user)).await.expect("another code");
    assert_eq!(codes(), [CODE, CODE]);

    for outcome in [client.start(srp(&user, PASSWORD)).await, client.start_with(&user, PASSWORD).await] {
        assert_refused(outcome, ErrorKind::UserNotConfirmed, Reason::Unknown);
    }
    let wrong = client.send(ConfirmSignUp::new(&user, "654321")).await;
    assert_refused(wrong, ErrorKind::CodeMismatch, Reason::CodeMismatch);
    client.send(ConfirmSignUp::new(&user, CODE)).await.expect("the user is confirmed");
    let again = client.send(ConfirmSignUp::new(&user, CODE)).await;
    assert_refused(again, ErrorKind::NotAuthorized, Reason::UserAlreadyConfirmed);
    prove(&client, &user, PASSWORD).await.expect("tokens");
}

async fn passwords(run: Run) {
    let user = run.user();
    run.confidential().register(&user, CODE).await;
    for client in [run.confidential(), run.public()] {
        let proved = prove(&client, &user, PASSWORD).await.expect("tokens");
        let shown = client.sign_in(&user, PASSWORD).await.expect("tokens");
        for tokens in [proved, shown] {
            assert_eq!(tokens.expires_in, Some(Duration::from_hours(1)));
            assert_eq!(tokens.token_type.as_deref(), Some("Bearer"));
            let access = UnverifiedClaims::read(&tokens.access_token).expect("claims");
            let identity = UnverifiedClaims::read(&tokens.id_token.expect("an identity token")).expect("claims");
            assert_eq!((access.username(), identity.username()), (Some(&*user), Some(&*user)));
            assert!(access.sub().is_some() && access.sub() == identity.sub());
            assert!(access.exp() > access.iat());
        }
        for wrong in [" ", "Correct-Horse-8", "correct-horse-7"] {
            let proved = client.start(srp(&user, wrong)).await;
            assert_refused(proved, ErrorKind::NotAuthorized, Reason::IncorrectCredentials);
            let shown = client.start_with(&user, wrong).await;
            assert_refused(shown, ErrorKind::NotAuthorized, Reason::IncorrectCredentials);
        }
        for outcome in [client.start(srp("nobody", PASSWORD)).await, client.start_with("nobody", PASSWORD).await] {
            assert_refused(outcome, ErrorKind::UserNotFound, Reason::UserNotFound);
        }
        // A proof is valid for one pool.
        let elsewhere = SignIn::user_srp_auth("us-east-1_elsewhere", &user, PASSWORD);
        assert_refused(client.start(elsewhere).await, ErrorKind::NotAuthorized, Reason::IncorrectCredentials);
    }
}

/// A user whom an administrator created sets a new password. Later sign-ins need only the new password.
async fn set_password(client: &Either, user: &str, sign_in: SignIn) {
    let Step::NewPasswordRequired(challenge) = client.start(sign_in).await.expect("a challenge") else {
        panic!("the password is a temporary one");
    };
    assert_eq!(challenge.required_attributes(), Vec::<String>::new());
    assert_eq!(challenge.user_attributes().get("email"), Some(&address(user)));
    let step = on!(client, challenge.answer / answer_blocking(NEW_PASSWORD)).expect("it is accepted");
    let tokens = step.into_tokens().expect("no further challenge");
    client.send(GetUser::new(tokens.access_token)).await.expect("the user");

    prove(client, user, NEW_PASSWORD).await.expect("tokens");
    let temporary = client.start(srp(user, PASSWORD)).await;
    assert_refused(temporary, ErrorKind::NotAuthorized, Reason::IncorrectCredentials);
}

async fn new_password(run: Run) {
    let user = run.user();
    set_password(&run.confidential(), &user, srp(&user, PASSWORD)).await;
}

async fn new_password_without_a_secret(run: Run) {
    let user = run.user();
    set_password(&run.public(), &user, SignIn::user_password_auth(&user, PASSWORD)).await;
}

async fn authenticator_app(run: Run) {
    let (client, user) = (run.confidential(), run.user());
    client.register(&user, CODE).await;
    let token = prove(&client, &user, PASSWORD).await.expect("tokens").access_token;
    let associated = client.send(AssociateSoftwareToken::new().access_token(&token)).await.expect("a secret");
    let secret = associated.secret_code.expect("a secret");
    let verify = |code| VerifySoftwareToken::new(code).access_token(&token);
    let wrong = client.send(verify(wrong_totp(&secret))).await;
    assert_refused(wrong, ErrorKind::EnableSoftwareTokenMfa, Reason::CodeMismatch);
    let verified = client.send(verify(totp(&secret))).await.expect("the code is right");
    assert_eq!(verified.status, Some(VerifySoftwareTokenResponseType::Success));
    let settings = SoftwareTokenMfaSettingsType::new().enabled(true).preferred_mfa(true);
    let preference = SetUserMFAPreference::new(&token).software_token_mfa_settings(settings);
    client.send(preference).await.expect("it is preferred");
    let answer = client.send(GetUser::new(&token)).await.expect("the user");
    assert_eq!(answer.preferred_mfa_setting.as_deref(), Some("SOFTWARE_TOKEN_MFA"));
    assert_eq!(answer.user_mfa_setting_list, Some(vec!["SOFTWARE_TOKEN_MFA".to_owned()]));

    for client in [client, run.public()] {
        for sign_in in [srp(&user, PASSWORD), SignIn::user_password_auth(&user, PASSWORD)] {
            let Step::SoftwareTokenMfa(challenge) = client.start(sign_in).await.expect("a challenge") else {
                panic!("a second factor is on");
            };
            assert_eq!(challenge.friendly_device_name(), Some("TOTP device"));
            let wrong = on!(client, challenge.answer / answer_blocking(wrong_totp(&secret)));
            let refused = wrong.expect_err("the code is wrong");
            assert_eq!(refused.error().kind(), ErrorKind::CodeMismatch);
            let challenge = refused.into_challenge().expect("the session is still valid");
            let step = on!(client, challenge.answer / answer_blocking(totp(&secret))).expect("the code is right");
            let tokens = step.into_tokens().expect("no further challenge");
            client.send(GetUser::new(tokens.access_token)).await.expect("the user");
        }
    }
}

async fn change_password(run: Run) {
    let (client, user) = (run.confidential(), run.user());
    client.register(&user, CODE).await;
    let token = prove(&client, &user, PASSWORD).await.expect("tokens").access_token;
    let change = |from, to| ChangePassword::new(&token, to).previous_password(from);
    let wrong = client.send(change("Correct-Horse-8", NEW_PASSWORD)).await;
    assert_refused(wrong, ErrorKind::NotAuthorized, Reason::IncorrectCredentials);
    let weak = client.send(change(PASSWORD, "password")).await;
    assert_refused(weak, ErrorKind::InvalidPassword, Reason::Unknown);
    client.send(change(PASSWORD, NEW_PASSWORD)).await.expect("it is changed");
    let old = client.start(srp(&user, PASSWORD)).await;
    assert_refused(old, ErrorKind::NotAuthorized, Reason::IncorrectCredentials);
    prove(&client, &user, NEW_PASSWORD).await.expect("tokens");
}

async fn forgotten_password(run: Run) {
    let user = run.user();
    run.confidential().register(&user, CODE).await;
    for (client, password) in [(run.confidential(), NEW_PASSWORD), (run.public(), "Battery staple-9")] {
        let sent = client.send(ForgotPassword::new(&user)).await.expect("a code");
        let details = sent.code_delivery_details.expect("the delivery details");
        assert!(details.destination.is_some_and(|destination| destination.contains("***@")));
        let code = run.pool.codes_sent_to(&address(&user)).pop().expect("a message");
        assert_ne!(code, CODE, "the code is that of the sign-up");
        let confirm = |code: &str, password| ConfirmForgotPassword::new(&user, code, password);
        let wrong = client.send(confirm(CODE, password)).await;
        assert_refused(wrong, ErrorKind::CodeMismatch, Reason::CodeMismatch);
        let weak = client.send(confirm(&code, "password")).await;
        assert_refused(weak, ErrorKind::InvalidPassword, Reason::Unknown);
        client.send(confirm(&code, password)).await.expect("it is set");
        assert_refused(client.send(confirm(&code, password)).await, ErrorKind::ExpiredCode, Reason::CodeExpired);
        prove(&client, &user, password).await.expect("tokens");
    }
    let old = run.public().start(srp(&user, PASSWORD)).await;
    assert_refused(old, ErrorKind::NotAuthorized, Reason::IncorrectCredentials);
}

async fn profile(run: Run) {
    let (client, user) = (run.public(), run.user());
    client.register(&user, CODE).await;
    let tokens = client.sign_in(&user, PASSWORD).await.expect("tokens");
    let token = &tokens.access_token;
    let attributes = [AttributeType::new("name").value("José 😀"), AttributeType::new("locale").value("pt")];
    client.send(UpdateUserAttributes::new(token, attributes)).await.expect("they are set");
    let answer = client.send(GetUser::new(token)).await.expect("the user");
    assert_eq!(answer.username, user);
    let attributes = answer.user_attributes;
    let value = |name| attributes.iter().find(|of| of.name == name).and_then(|of| of.value.as_deref());
    let claims = UnverifiedClaims::read(token).expect("claims");
    assert_eq!((value("name"), value("locale"), value("sub")), (Some("José 😀"), Some("pt"), claims.sub()));

    let forged = format!("{token}x");
    assert_refused(client.send(GetUser::new(forged)).await, ErrorKind::NotAuthorized, Reason::AccessTokenInvalid);
    let other = client.send(GetUser::new(tokens.id_token.expect("an identity token"))).await;
    assert_refused(other, ErrorKind::NotAuthorized, Reason::AccessTokenInvalid);
}

async fn refresh(run: Run) {
    let user = run.user();
    run.confidential().register(&user, CODE).await;
    for client in [run.confidential(), run.public()] {
        let tokens = prove(&client, &user, PASSWORD).await.expect("tokens");
        let refresh_token = tokens.refresh_token.clone().expect("a refresh token");
        let kept = Refresh::new(&refresh_token).hash_username(&user);
        for refresh in [tokens.refresh().expect("a refresh token"), kept] {
            let new = client.refresh(refresh).await.expect("tokens");
            assert!(new.id_token.is_some() && new.refresh_token.is_none() && new.refresh().is_none());
            assert_ne!(new.access_token, tokens.access_token);
            client.send(GetUser::new(new.access_token)).await.expect("the user");
        }
        let operation = GetTokensFromRefreshToken::new(&refresh_token);
        let result = client.send(operation).await.expect("tokens").authentication_result.expect("tokens");
        client.send(GetUser::new(result.access_token.expect("an access token"))).await.expect("the user");

        let unknown = client.refresh(Refresh::new("no token").hash_username(&user)).await;
        assert_refused(unknown, ErrorKind::NotAuthorized, Reason::RefreshTokenInvalid);
    }
    let tokens = prove(&run.confidential(), &user, PASSWORD).await.expect("tokens");
    let elsewhere = run.public().refresh(tokens.refresh().expect("a refresh token")).await;
    assert_refused(elsewhere, ErrorKind::NotAuthorized, Reason::Unknown);
    // The secret hash is computed over the user name.
    let refresh = || Refresh::new(tokens.refresh_token.clone().expect("a refresh token"));
    let of_nobody = run.confidential().refresh(refresh().hash_username("nobody")).await;
    assert_refused(of_nobody, ErrorKind::NotAuthorized, Reason::SecretHashMismatch);
    let nameless = run.confidential().refresh(refresh()).await.expect_err("there is no name to compute a hash over");
    assert_eq!((nameless.kind(), nameless.attempts()), (ErrorKind::Misconfigured, 0));
}

async fn session(run: Run) {
    cognito_op_tests_userpools::session(run, CODE, &[false, true], true).await;
}

async fn global_sign_out(run: Run) {
    let (client, user) = (run.confidential(), run.user());
    client.register(&user, CODE).await;
    let [one, other] = [
        prove(&client, &user, PASSWORD).await.expect("tokens"),
        client.sign_in(&user, PASSWORD).await.expect("tokens"),
    ];
    client.send(GlobalSignOut::new(&one.access_token)).await.expect("signed out");
    for tokens in [one, other] {
        let refresh = tokens.refresh().expect("a refresh token");
        let outcome = client.send(GetUser::new(tokens.access_token)).await;
        assert_refused(outcome, ErrorKind::NotAuthorized, Reason::AccessTokenRevoked);
        let outcome = client.refresh(refresh).await;
        assert_refused(outcome, ErrorKind::NotAuthorized, Reason::RefreshTokenRevoked);
    }
    prove(&client, &user, PASSWORD).await.expect("the tokens of a new sign-in");
}

async fn revoked_token(run: Run) {
    let user = run.user();
    run.confidential().register(&user, CODE).await;
    for client in [run.confidential(), run.public()] {
        let [revoked, other] = [
            prove(&client, &user, PASSWORD).await.expect("tokens"),
            prove(&client, &user, PASSWORD).await.expect("tokens"),
        ];
        let token = revoked.refresh_token.clone().expect("a refresh token");
        client.send(RevokeToken::new(&token)).await.expect("it is revoked");
        let outcome = client.refresh(revoked.refresh().expect("a refresh token")).await;
        assert_refused(outcome, ErrorKind::NotAuthorized, Reason::RefreshTokenRevoked);
        let outcome = client.send(GetTokensFromRefreshToken::new(&token)).await;
        assert_refused(outcome, ErrorKind::NotAuthorized, Reason::RefreshTokenRevoked);
        let outcome = client.send(GetUser::new(revoked.access_token)).await;
        assert_refused(outcome, ErrorKind::NotAuthorized, Reason::AccessTokenRevoked);
        client.refresh(other.refresh().expect("a refresh token")).await.expect("the other sign-in is valid");
    }
}

async fn deleted_user(run: Run) {
    let (client, user) = (run.confidential(), run.user());
    client.register(&user, CODE).await;
    let tokens = prove(&client, &user, PASSWORD).await.expect("tokens");
    client.send(DeleteUser::new(&tokens.access_token)).await.expect("the user is deleted");
    for outcome in [client.start(srp(&user, PASSWORD)).await, client.start_with(&user, PASSWORD).await] {
        assert_refused(outcome, ErrorKind::UserNotFound, Reason::UserNotFound);
    }
    let outcome = client.send(GetUser::new(&tokens.access_token)).await;
    assert_refused(outcome, ErrorKind::UserNotFound, Reason::UserNotFound);
    let outcome = client.refresh(tokens.refresh().expect("a refresh token")).await;
    assert_refused(outcome, ErrorKind::NotAuthorized, Reason::Unknown);
}

/// Answers the question of the trigger: after `wrong` wrong answers, a right one ends the sign-in with tokens, and
/// another wrong one with an error.
async fn answer_the_trigger(client: &Either, begin: impl Fn() -> SignIn, wrong: usize) {
    for (last, right) in [("moo", true), ("quack", false)] {
        let mut step = client.start(begin()).await.expect("a challenge");
        for _ in 0..wrong {
            step = answer_the_question(client, step, "quack").await.expect("another try");
        }
        match answer_the_question(client, step, last).await {
            Ok(step) => {
                assert!(right);
                let tokens = step.into_tokens().expect("the last answer was right");
                client.send(GetUser::new(tokens.access_token)).await.expect("the user");
            }
            Err(refused) => {
                assert!(!right, "{refused}");
                assert_eq!(refused.error().kind(), ErrorKind::NotAuthorized);
                assert_eq!(refused.into_challenge().expect_err("the sign-in is over").kind(), ErrorKind::NotAuthorized);
            }
        }
    }
}

async fn answer_the_question(client: &Either, step: Step, answer: &str) -> Result<Step, AnswerError<CustomChallenge>> {
    let Step::Custom(challenge) = step else { panic!("expected a custom challenge: {step:?}") };
    let question = challenge.parameters().get("question").map(String::as_str);
    assert_eq!(question, Some("What does the cow say?"));
    on!(client, challenge.answer / answer_blocking(answer))
}

async fn custom_challenge(run: Run) {
    let user = run.user();
    run.confidential().register(&user, CODE).await;
    for client in [run.confidential(), run.public()] {
        answer_the_trigger(&client, || SignIn::custom_auth(&user), 1).await;
    }
}

async fn custom_challenge_after_the_password(run: Run) {
    let user = run.user();
    run.confidential().register(&user, CODE).await;
    for client in [run.confidential(), run.public()] {
        // ministack allows three answers and counts those to the SRP challenges, so the first wrong answer is the last.
        answer_the_trigger(&client, || SignIn::custom_auth_with_srp(POOL.id(), &user, PASSWORD), 0).await;
        let wrong = client.start(SignIn::custom_auth_with_srp(POOL.id(), &user, "Correct-Horse-8")).await;
        assert_refused(wrong, ErrorKind::NotAuthorized, Reason::IncorrectCredentials);
    }
}

/// ministack does not support the flow. Its error is returned to the caller.
async fn user_auth(run: Run) {
    let (client, user) = (run.confidential(), run.user());
    client.register(&user, CODE).await;
    let factors = [FirstFactor::password(PASSWORD), FirstFactor::password_srp(POOL.id(), PASSWORD)];
    let preferring = factors.map(|factor| SignIn::user_auth(&user).prefer(factor));
    for sign_in in [SignIn::user_auth(&user)].into_iter().chain(preferring) {
        assert_refused(client.start(sign_in).await, ErrorKind::InvalidParameter, Reason::Unknown);
    }
}

/// A wrong secret hash in each kind of request that contains one. ministack does not check `ClientSecret`.
async fn wrong_secret(run: Run) {
    let (right, wrong, user) = (run.confidential(), run.confidential_with("not the secret"), run.user());
    let mismatch = (ErrorKind::NotAuthorized, Reason::SecretHashMismatch);
    let (kind, reason) = mismatch;
    assert_refused(wrong.send(sign_up_request(&user)).await, kind, reason);
    right.register(&user, CODE).await;
    assert_refused(wrong.send(ForgotPassword::new(&user)).await, kind, reason);
    for sign_in in [srp(&user, PASSWORD), SignIn::user_password_auth(&user, PASSWORD), SignIn::custom_auth(&user)] {
        assert_refused(wrong.start(sign_in).await, kind, reason);
    }
    let refresh = right.sign_in(&user, PASSWORD).await.expect("tokens").refresh().expect("a refresh token");
    assert_refused(wrong.refresh(refresh).await, kind, reason);
    let Step::Custom(challenge) = right.start(SignIn::custom_auth(&user)).await.expect("a challenge") else {
        panic!("expected a custom challenge");
    };
    let refused = on!(wrong, challenge.answer / answer_blocking("moo")).expect_err("the secret is wrong");
    assert_eq!((refused.error().kind(), refused.error().reason()), mismatch);

    let none = run.public().with_app_client(&right.id, None);
    let outcome = none.start(srp(&user, PASSWORD)).await;
    assert_refused(outcome, ErrorKind::NotAuthorized, Reason::SecretHashMissing);
    let public = run.public();
    let superfluous = public.with_app_client(&public.id, Some("a secret"));
    let outcome = superfluous.start(srp(&user, PASSWORD)).await;
    assert_refused(outcome, ErrorKind::InvalidParameter, Reason::SecretHashUnexpected);
}

async fn several_app_clients(run: Run) {
    let (one, user) = (run.public(), run.user());
    let other = one.with_app_client(run.pool.text("confidential", "id"), Some(run.pool.text("confidential", "secret")));
    other.register(&user, CODE).await;
    for client in [&one, &other, &one] {
        let tokens = prove(client, &user, PASSWORD).await.expect("tokens");
        let claims = UnverifiedClaims::read(&tokens.access_token).expect("claims");
        assert_eq!(claims.get("client_id").and_then(|id| id.as_str()), Some(&*client.id));
    }
    // A request for another app client than that of the client is not sent.
    let error =
        one.send(ForgotPassword::new(&user).client_id(&other.id)).await.expect_err("it is for another app client");
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Misconfigured, 0));
}

async fn unknown_operation(run: Run) {
    let error = run.public().send(ListDevices::new("token")).await.expect_err("ministack does not have it");
    assert_eq!((error.kind(), error.code()), (ErrorKind::Unknown, Some("InvalidAction")), "{error}");
}
