//! Credentials that ministack rejects, and servers whose clock differs from the client's.

use crate::flows::make;
use crate::ministack::POOL;
use crate::{WRONG_SECRET, WRONG_TOKEN, assert_redacted, assert_refused, credentials, flows_without_secrets};
use cognito_op::transport::BoxFuture;
use cognito_op::{Credentials, Error, ErrorKind, Operation, ProvideCredentials, Reply, SignError};
use cognito_op_tests::peers::Peer;
use cognito_op_tests::pool::Pool;
use cognito_op_tests_userpools::{Either, Run, Way};
use cognito_userpools::admin::{AdminCreateUser, AdminGetUser, MessageActionType};
use std::future::ready;
use std::sync::{LazyLock, Mutex};
use std::time::{Duration, SystemTime};

/// A pool in a server whose clock is an hour ahead.
static AHEAD: LazyLock<Pool> = LazyLock::new(|| Pool::on(Peer::ministack_ahead(3600), &["--administrator"]));
/// A pool in a server whose clock is an hour behind.
static BEHIND: LazyLock<Pool> = LazyLock::new(|| Pool::on(Peer::ministack_ahead(-3600), &["--administrator"]));

flows_without_secrets! { POOL: sessions refused renewed }

mod ahead {
    use super::{AHEAD, another_clock};
    crate::flows_without_secrets! { AHEAD: another_clock }
}
mod behind {
    use super::{BEHIND, another_clock};
    crate::flows_without_secrets! { BEHIND: another_clock }
}

async fn reply<O: Operation>(client: &Either, operation: O) -> Result<Reply<O::Output>, Error> {
    match &client.way {
        Way::Waiting(client) => client.call(&operation).send().await,
        Way::Blocking(client) => client.call(&operation).send(),
    }
}

fn get_unknown_user(run: Run) -> AdminGetUser {
    AdminGetUser::new(run.pool.id(), "unknown-user")
}

/// Temporary credentials, without and with an expiry.
async fn sessions(run: Run) {
    let session = credentials(run.pool, "session");
    let later = SystemTime::now() + Duration::from_mins(30);
    for credentials in [session.clone(), session.expires_at(later)] {
        let outcome = run.public().signing(credentials).send(get_unknown_user(run)).await;
        assert_eq!(assert_refused(run.pool, outcome, ErrorKind::UserNotFound).attempts(), 1);
    }
}

/// A source that returns its credentials one after the other, the last first.
struct Answers(Mutex<Vec<Credentials>>);

impl cognito_op::blocking::ProvideCredentials for Answers {
    fn provide(&self) -> Result<Credentials, SignError> {
        self.0.lock().expect("no panic").pop().ok_or_else(|| "there are no more".into())
    }
}

impl ProvideCredentials for Answers {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, SignError>> {
        Box::pin(ready(cognito_op::blocking::ProvideCredentials::provide(self)))
    }
}

/// If the server reports that credentials have expired, the client fetches new ones and retries the request.
/// Credentials with an expiry in the past, and a failure of the source, are errors.
async fn renewed(run: Run) {
    let answers = [credentials(run.pool, "session"), credentials(run.pool, "expired")];
    let client = run.public().signing(Answers(Mutex::new(answers.to_vec())));
    for attempts in [2, 1] {
        let outcome = client.send(get_unknown_user(run)).await;
        assert_eq!(assert_refused(run.pool, outcome, ErrorKind::UserNotFound).attempts(), attempts);
    }

    let past = credentials(run.pool, "session").expires_at(SystemTime::now() - Duration::from_secs(1));
    for answers in [vec![past], Vec::new()] {
        let client = run.public().signing(Answers(Mutex::new(answers)));
        let error = assert_refused(run.pool, client.send(get_unknown_user(run)).await, ErrorKind::Signing);
        assert!(!error.may_have_executed());
    }
}

/// A wrong signature is not retried. Credentials that may be out of date are fetched again for one retry. The source
/// returns the same credentials.
async fn refused(run: Run) {
    let text = |name, part| run.pool.text(name, part);
    let administrator = credentials(run.pool, "administrator");
    let (id, secret) = (text("session", "id"), text("session", "secret"));
    let wrong = (ErrorKind::InvalidSignature, "InvalidSignatureException", 1);
    let unknown = (ErrorKind::UnrecognizedClient, "UnrecognizedClientException", 2);
    for (credentials, (kind, code, attempts)) in [
        // A wrong secret access key, of a user and of a session.
        (Credentials::new(administrator.access_key_id(), WRONG_SECRET), wrong),
        (Credentials::new(id, WRONG_SECRET).session_token(text("session", "token")), wrong),
        // An unknown access key.
        (Credentials::new("AKIAIOSFODNN7EXAMPLE", WRONG_SECRET), unknown),
        // A session that has expired.
        (credentials(run.pool, "expired"), (ErrorKind::ExpiredToken, "ExpiredTokenException", 2)),
        // A session without its token, a session with another token, and a token for a long-term key.
        (Credentials::new(id, secret), unknown),
        (Credentials::new(id, secret).session_token(WRONG_TOKEN), unknown),
        (administrator.session_token(WRONG_TOKEN), unknown),
    ] {
        let client = run.public().signing(credentials);
        let error = assert_refused(run.pool, client.send(get_unknown_user(run)).await, kind);
        assert_eq!((error.code(), error.attempts()), (Some(code), attempts), "{error}");
        assert_eq!(error.status().map(|status| status.as_u16()), Some(400));
        assert!(!error.may_have_executed());
    }
}

/// The server rejects the first signature because of its time. The retry uses the server's time.
async fn another_clock(run: Run) {
    let made = make(run).await;
    let create = |user: &str| AdminCreateUser::new(&made.pool, user).message_action(MessageActionType::Suppress);
    let client = run.public().administrator(run.pool);
    let first = reply(&client, create("first")).await.expect("a user");
    assert_eq!(first.meta.attempts, 2);
    // Later requests use the server's time at once, also those of a derived client.
    for (client, user) in [(&client, "second"), (&client.with_app_client(&made.admin.id, None), "third")] {
        let next = reply(client, create(user)).await.expect("a user");
        assert_eq!(next.meta.attempts, 1);
    }
    let again = reply(&client, create("first")).await;
    assert_eq!(assert_refused(run.pool, again, ErrorKind::UsernameExists).attempts(), 1);

    // After the time was corrected, the signature of a wrong key is not retried.
    let wrong = run.public().signing(Credentials::new(run.pool.text("administrator", "id"), WRONG_SECRET));
    let error = assert_refused(run.pool, wrong.send(get_unknown_user(run)).await, ErrorKind::InvalidSignature);
    assert_eq!(error.attempts(), 2);
    assert!(!error.may_have_executed());
    match &client.way {
        Way::Waiting(client) => assert_redacted(run.pool, &format!("{client:?}")),
        Way::Blocking(client) => assert_redacted(run.pool, &format!("{client:?}")),
    }
}
