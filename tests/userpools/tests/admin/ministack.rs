//! Tests against ministack.

use crate::flows::{NEW_PASSWORD, Resources, groups, lists, make, pools, sign_ups, users};
use crate::{assert_refused, flows_without_secrets};
use cognito_op::{ErrorKind, Reason};
use cognito_op_tests::peers::Peer;
use cognito_op_tests::pool::{PASSWORD, Pool};
use cognito_op_tests_userpools::{Run, address, on, sign_up_request};
use cognito_userpools::admin::{
    AdminConfirmSignUp, AdminDisableUser, AdminEnableUser, AdminSetUserPassword, DeleteUserPool,
};
use cognito_userpools::operations::GetUser;
use cognito_userpools::sign_in::{SignIn, Step};
use std::sync::LazyLock;

pub(crate) static POOL: LazyLock<Pool> = LazyLock::new(|| Pool::on(Peer::ministack().0, &["--administrator"]));

flows_without_secrets! {
    POOL: pools users sign_ups groups lists not_allowed no_message unconfirmed proofs new_password secret_hashes
}

fn srp(pool: &str, user: &str, password: &str) -> SignIn {
    SignIn::user_srp_auth(pool, user, password).admin(pool)
}

fn shown(pool: &str, user: &str, password: &str) -> SignIn {
    SignIn::user_password_auth(user, password).admin(pool)
}

/// The administrator's policy denies `DeleteUserPool`.
async fn not_allowed(run: Run) {
    let made = make(run).await;
    let outcome = made.admin.send(DeleteUserPool::new(&made.pool)).await;
    assert_refused(run.pool, outcome, ErrorKind::AccessDenied);
}

/// `AdminCreateUser` sends no invitation if the message is suppressed. A sign-up sends a code.
async fn no_message(run: Run) {
    let made = make(run).await;
    let user = run.user();
    made.admin.send(made.create(&user)).await.expect("a user");
    assert_eq!(run.pool.codes_sent_to(&address(&user)), Vec::<String>::new());
    let other = format!("{user}-2");
    made.admin.send(sign_up_request(&other)).await.expect("a user");
    assert_eq!(run.pool.codes_sent_to(&address(&other)).len(), 1);
}

async fn unconfirmed(run: Run) {
    let made = make(run).await;
    let user = run.user();
    made.admin.send(sign_up_request(&user)).await.expect("a user");
    assert_refused(run.pool, made.admin.send(made.initiate(&user, PASSWORD)).await, ErrorKind::UserNotConfirmed);
    let start = srp(&made.pool, &user, PASSWORD);
    assert_refused(run.pool, made.admin.start(start).await, ErrorKind::UserNotConfirmed);
}

/// Creates a pool with a confirmed user, whose password is permanent.
async fn registered(run: Run) -> Resources {
    let made = make(run).await;
    made.admin.send(sign_up_request(&run.user())).await.expect("a user");
    made.admin.send(AdminConfirmSignUp::new(&made.pool, run.user())).await.expect("confirmed");
    made
}

/// Signs in through `AdminInitiateAuth`, with SRP and with the password itself.
async fn proofs(run: Run) {
    let made = registered(run).await;
    let (admin, pool, user) = (&made.admin, &made.pool, &run.user());
    for way in [srp, shown] {
        let step = admin.start(way(pool, user, PASSWORD)).await.expect("tokens");
        let tokens = step.into_tokens().expect("no further challenge");
        let profile = admin.send(GetUser::new(&tokens.access_token)).await.expect("the profile");
        assert_eq!(&profile.username, user);
        let refreshed = admin.refresh(tokens.refresh().expect("a refresh token")).await.expect("tokens");
        assert!(refreshed.id_token.is_some());

        let wrong = admin.start(way(pool, user, "Correct-Horse-8")).await;
        let error = assert_refused(run.pool, wrong, ErrorKind::NotAuthorized);
        assert_eq!(error.reason(), Reason::IncorrectCredentials);
        assert_refused(run.pool, admin.start(way(pool, "nobody", PASSWORD)).await, ErrorKind::UserNotFound);
        let elsewhere = admin.start(way("us-east-1_elsewhere", user, PASSWORD)).await;
        assert_refused(run.pool, elsewhere, ErrorKind::ResourceNotFound);

        admin.send(AdminDisableUser::new(pool, user)).await.expect("disabled");
        let disabled = admin.start(way(pool, user, PASSWORD)).await;
        assert_refused(run.pool, disabled, ErrorKind::NotAuthorized);
        // The user's tokens stay revoked.
        admin.send(AdminEnableUser::new(pool, user)).await.expect("enabled");
        assert_refused(run.pool, admin.send(GetUser::new(&tokens.access_token)).await, ErrorKind::NotAuthorized);
        admin.start(way(pool, user, PASSWORD)).await.expect("tokens");
    }
    // Without credentials, the request cannot be signed and is not sent.
    let unsigned = run.public().with_app_client(&admin.id, Some(&made.secret));
    let outcome = unsigned.start(srp(pool, user, PASSWORD)).await;
    let error = assert_refused(run.pool, outcome, ErrorKind::Misconfigured);
    assert_eq!(error.attempts(), 0);
}

/// A temporary password leads to a challenge, which is answered through `AdminRespondToAuthChallenge`.
async fn new_password(run: Run) {
    let made = make(run).await;
    let (admin, pool, user) = (&made.admin, &made.pool, &run.user());
    admin.send(made.create(user)).await.expect("a user");
    let Step::NewPasswordRequired(challenge) = admin.start(srp(pool, user, PASSWORD)).await.expect("a challenge")
    else {
        panic!("the password is a temporary one");
    };
    let step = on!(admin, challenge.answer / answer_blocking(NEW_PASSWORD)).expect("it is accepted");
    step.into_tokens().expect("no further challenge");
    admin.start(srp(pool, user, NEW_PASSWORD)).await.expect("tokens");

    // A password that is set without `permanent` is temporary.
    admin.send(AdminSetUserPassword::new(pool, user, PASSWORD)).await.expect("it is set");
    let step = admin.start(shown(pool, user, PASSWORD)).await.expect("a challenge");
    assert!(matches!(step, Step::NewPasswordRequired(_)), "{step:?}");
}

async fn secret_hashes(run: Run) {
    let made = registered(run).await;
    let (pool, user) = (&made.pool, &run.user());
    made.admin.send(made.initiate(user, PASSWORD)).await.expect("tokens");
    let wrong = made.admin.with_app_client(&made.admin.id, Some("not the secret"));
    let none = made.admin.with_app_client(&made.admin.id, None);
    for (client, reason) in [(wrong, Reason::SecretHashMismatch), (none, Reason::SecretHashMissing)] {
        for outcome in [
            client.send(made.initiate(user, PASSWORD)).await.map(|_| ()),
            client.start(srp(pool, user, PASSWORD)).await.map(|_| ()),
        ] {
            let error = assert_refused(run.pool, outcome, ErrorKind::NotAuthorized);
            assert_eq!(error.reason(), reason, "{error}");
        }
    }
}
