//! Tests against moto, which compares signatures with botocore's.

use crate::flows::{groups, lists, make, pools, sign_ups, users};
use crate::{WRONG_SECRET, WRONG_TOKEN, assert_refused, credentials, flows_without_secrets};
use cognito_op::{Credentials, ErrorKind};
use cognito_op_tests::peers::Peer;
use cognito_op_tests::pool::Pool;
use cognito_op_tests_userpools::Run;
use cognito_userpools::admin::{AdminGetUser, DeleteUserPool};
use std::sync::LazyLock;

static POOL: LazyLock<Pool> = LazyLock::new(|| Pool::on(Peer::moto(), &["--administrator", "--check-signatures"]));

flows_without_secrets! { POOL: pools users sign_ups groups lists refusals }

/// moto rejects signatures with XML errors, as other services do. Their error kind is `Unknown`.
async fn refusals(run: Run) {
    let made = make(run).await;
    let outcome = made.admin.send(DeleteUserPool::new(&made.pool)).await;
    assert_eq!(assert_refused(run.pool, outcome, ErrorKind::Unknown).status().map(|status| status.as_u16()), Some(403));
    let get = || AdminGetUser::new(&made.pool, "nobody");
    assert_refused(run.pool, made.admin.send(get()).await, ErrorKind::UserNotFound);
    let session = run.public().signing(credentials(run.pool, "session"));
    assert_refused(run.pool, session.send(get()).await, ErrorKind::UserNotFound);

    let text = |name| run.pool.text("session", name);
    for credentials in [
        Credentials::new(run.pool.text("administrator", "id"), WRONG_SECRET),
        Credentials::new("AKIAIOSFODNN7EXAMPLE", WRONG_SECRET),
        Credentials::new(text("id"), WRONG_SECRET).session_token(text("token")),
        Credentials::new(text("id"), text("secret")).session_token(WRONG_TOKEN),
        Credentials::new(text("id"), text("secret")),
    ] {
        let error = assert_refused(run.pool, run.public().signing(credentials).send(get()).await, ErrorKind::Unknown);
        assert_eq!((error.status().map(|status| status.as_u16()), error.attempts()), (Some(403), 1));
    }
}
