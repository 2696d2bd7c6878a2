//! Sign-ins and searches of a back end with AWS credentials, against ministack, which checks signatures, secret hashes
//! and SRP proofs.
//!
//! ministack does not support `USER_AUTH`, codes by SMS or email, devices, context data, or escapes in filters.

#![allow(missing_docs, clippy::expect_used, clippy::panic)]

use cognito_op::{Credentials, Error, ErrorKind, Reason};
use cognito_op_tests::peers::Peer;
use cognito_op_tests::pool::{PASSWORD, Pool};
use cognito_op_tests_userpools::{Either, Run, address, invited, on, totp, wrong_totp};
use cognito_userpools::admin::{Filter, ListUsers, SearchableAttribute};
use cognito_userpools::operations::{
    AssociateSoftwareToken, ConfirmSignUp, GetUser, SetUserMFAPreference, SignUp, SoftwareTokenMfaSettingsType,
    VerifySoftwareToken,
};
use cognito_userpools::sign_in::{KeptChallenge, SignIn, Step};
use std::sync::LazyLock;

/// The code that confirms a sign-up.
const CODE: &str = "123456";
const NEW_PASSWORD: &str = "Battery staple-8";

static POOL: LazyLock<Pool> = LazyLock::new(|| {
    let invited = invited(&["kept_challenge"]);
    let mut arguments: Vec<_> = invited.iter().map(String::as_str).collect();
    arguments.extend(["--administrator", "--triggers"]);
    Pool::on(Peer::ministack().0, &arguments)
});

/// A pool without the users of the other flows.
static SEARCHED: LazyLock<Pool> = LazyLock::new(|| Pool::on(Peer::ministack().0, &["--administrator"]));

cognito_op_tests_userpools::flows! {
    POOL: passwords kept_challenge authenticator_app custom_challenge refresh credentials filters
}

fn plain(user: &str, password: &str) -> SignIn {
    SignIn::user_password_auth(user, password).admin(POOL.id())
}

fn srp(user: &str, password: &str) -> SignIn {
    SignIn::user_srp_auth(POOL.id(), user, password).admin(POOL.id())
}

/// Clients with AWS credentials, one for each app client.
fn back_ends(run: &Run) -> [Either; 2] {
    [run.confidential().administrator(run.pool), run.public().administrator(run.pool)]
}

fn assert_refused<T>(outcome: Result<T, Error>, kind: ErrorKind, reason: Reason) {
    let error = outcome.map(|_| ()).expect_err("it is refused");
    assert_eq!((error.kind(), error.reason()), (kind, reason), "{error}");
}

async fn passwords(run: Run) {
    let user = run.user();
    run.confidential().register(&user, CODE).await;
    for client in back_ends(&run) {
        for sign_in in [plain(&user, PASSWORD), srp(&user, PASSWORD)] {
            let step = client.start(sign_in).await.expect("tokens");
            let tokens = step.into_tokens().expect("no further challenge");
            let answer = client.send(GetUser::new(tokens.access_token)).await.expect("the user");
            assert_eq!(answer.username, user);
        }
        for sign_in in [plain(&user, "Correct-Horse-8"), srp(&user, "Correct-Horse-8")] {
            let outcome = client.start(sign_in).await;
            assert_refused(outcome, ErrorKind::NotAuthorized, Reason::IncorrectCredentials);
        }
        for sign_in in [plain("nobody", PASSWORD), srp("nobody", PASSWORD)] {
            assert_refused(client.start(sign_in).await, ErrorKind::UserNotFound, Reason::UserNotFound);
        }
        let elsewhere = plain(&user, PASSWORD).admin("us-east-1_elsewhere");
        let error = client.start(elsewhere).await.expect_err("there is no such pool");
        assert_eq!(error.kind(), ErrorKind::ResourceNotFound, "{error}");
    }
}

/// A user whom an administrator created sets a new password. The challenge is serialized between the two requests.
async fn kept_challenge(run: Run) {
    let user = run.user();
    let client = run.confidential().administrator(run.pool);
    let step = client.start(plain(&user, PASSWORD)).await.expect("a challenge");
    let kept = serde_json::to_string(&step.into_challenge().expect("a challenge")).expect("JSON");

    let restored: KeptChallenge = serde_json::from_str(&kept).expect("the same form");
    let Step::NewPasswordRequired(challenge) = restored.into_step() else { panic!("the password is a temporary one") };
    assert_eq!(challenge.user_attributes().get("email"), Some(&address(&user)));
    let step = on!(client, challenge.answer / answer_blocking(NEW_PASSWORD)).expect("it is accepted");
    step.into_tokens().expect("no further challenge");
    let step = client.start(srp(&user, NEW_PASSWORD)).await.expect("tokens");
    step.into_tokens().expect("no further challenge");
}

async fn authenticator_app(run: Run) {
    let (client, user) = (run.confidential(), run.user());
    client.register(&user, CODE).await;
    let token = client.sign_in(&user, PASSWORD).await.expect("tokens").access_token;
    let associated = client.send(AssociateSoftwareToken::new().access_token(&token)).await.expect("a secret");
    let secret = associated.secret_code.expect("a secret");
    client.send(VerifySoftwareToken::new(totp(&secret)).access_token(&token)).await.expect("the code is right");
    let settings = SoftwareTokenMfaSettingsType::new().enabled(true).preferred_mfa(true);
    let preference = SetUserMFAPreference::new(&token).software_token_mfa_settings(settings);
    client.send(preference).await.expect("it is preferred");

    for client in back_ends(&run) {
        for sign_in in [plain(&user, PASSWORD), srp(&user, PASSWORD)] {
            let Step::SoftwareTokenMfa(challenge) = client.start(sign_in).await.expect("a challenge") else {
                panic!("a second factor is on");
            };
            let wrong = on!(client, challenge.answer / answer_blocking(wrong_totp(&secret)));
            let refused = wrong.expect_err("the code is wrong");
            assert_eq!(refused.error().kind(), ErrorKind::CodeMismatch);
            let challenge = refused.into_challenge().expect("the session is still valid");
            let step = on!(client, challenge.answer / answer_blocking(totp(&secret))).expect("the code is right");
            step.into_tokens().expect("no further challenge");
        }
    }
}

async fn custom_challenge(run: Run) {
    let user = run.user();
    run.confidential().register(&user, CODE).await;
    for client in back_ends(&run) {
        let mut step = client.start(SignIn::custom_auth(&user).admin(POOL.id())).await.expect("a challenge");
        for answer in ["quack", "moo"] {
            let Step::Custom(challenge) = step else { panic!("expected a custom challenge: {step:?}") };
            step = on!(client, challenge.answer / answer_blocking(answer)).expect("another try");
        }
        step.into_tokens().expect("the last answer was right");
    }
}

async fn refresh(run: Run) {
    let user = run.user();
    run.confidential().register(&user, CODE).await;
    for client in back_ends(&run) {
        let step = client.start(plain(&user, PASSWORD)).await.expect("tokens");
        let tokens = step.into_tokens().expect("no further challenge");
        let refresh = || tokens.refresh().expect("a refresh token").admin(POOL.id());
        let new = client.refresh(refresh()).await.expect("tokens");
        client.send(GetUser::new(new.access_token)).await.expect("the user");
        let elsewhere = client.refresh(refresh().admin("us-east-1_elsewhere")).await;
        assert_eq!(elsewhere.expect_err("there is no such pool").kind(), ErrorKind::ResourceNotFound);
    }
}

async fn credentials(run: Run) {
    let user = run.user();
    run.confidential().register(&user, CODE).await;
    let bare = run.confidential();
    let error = bare.start(plain(&user, PASSWORD)).await.expect_err("there are no credentials");
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Misconfigured, 0));
    let wrong = bare.signing(Credentials::new(POOL.text("administrator", "id"), "not the secret"));
    let error = wrong.start(srp(&user, PASSWORD)).await.expect_err("the key is wrong");
    assert_eq!(error.kind(), ErrorKind::InvalidSignature, "{error}");
    let wrong = run.confidential_with("not the secret").administrator(&POOL);
    let outcome = wrong.start(plain(&user, PASSWORD)).await;
    assert_refused(outcome, ErrorKind::NotAuthorized, Reason::SecretHashMismatch);
}

async fn filters(run: Run) {
    let run = run.within(&SEARCHED);
    let client = run.confidential().administrator(run.pool);
    // The values in `whole` need no escapes. ministack does not support the escapes that the others need.
    let whole = [
        "alice",
        "or",
        "x\ny = z",
        "José 😀",
        "\u{201c} or name = \u{201c}x\u{201d}",
        "%22 or 1=1",
        "x\0y",
        "'x'",
        "^= *",
    ];
    let escaped = ["\"", "x\" or name = \"alice", "\\", "x\\", "\\\" or username ^= \"\\", "\" or \"\" = \""];
    let name = |number: usize| format!("{}-{number}", run.user());
    for (number, value) in whole.iter().chain(&escaped).enumerate() {
        let sign_up = SignUp::new(name(number)).password(PASSWORD);
        // The suffix separates the users of the two clients, which share the pool.
        let attributes = [("email", address(&name(number))), ("name", format!("{value} {}", run.user()))];
        client.send(sign_up.user_attributes(attributes)).await.expect("a user");
        client.send(ConfirmSignUp::new(name(number), CODE)).await.expect("the user is confirmed");
    }
    let found = async |filter| {
        let operation = ListUsers::new(run.pool.id()).filter(filter);
        let users = client.send(operation).await.expect("a list").users.unwrap_or_default();
        users.into_iter().map(|user| user.username.expect("a name")).collect::<Vec<_>>()
    };
    for (number, value) in whole.iter().enumerate() {
        let value = format!("{value} {}", run.user());
        assert_eq!(found(Filter::equals(SearchableAttribute::Name, &value)).await, [name(number)], "{value:?}");
        assert_eq!(found(Filter::starts_with(SearchableAttribute::Name, &value)).await, [name(number)], "{value:?}");
    }
    for value in escaped {
        let value = format!("{value} {}", run.user());
        assert!(found(Filter::equals(SearchableAttribute::Name, &value)).await.is_empty(), "{value:?}");
    }
    let email = address(&name(0));
    assert_eq!(found(Filter::equals(SearchableAttribute::Email, email)).await, [name(0)]);
    assert_eq!(found(Filter::equals(SearchableAttribute::Username, name(1))).await, [name(1)]);
    let all = whole.len() + escaped.len();
    assert_eq!(found(Filter::starts_with(SearchableAttribute::Username, run.user())).await.len(), all);
}
