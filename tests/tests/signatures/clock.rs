//! Clock skew: a server that accepts only signatures of its own time.

use super::operation;
use cognito_op::{Client, Credentials, ErrorKind, Retries, blocking};
use cognito_op_tests::server::{Reply, Server, answer};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};
use std::time::{Duration, SystemTime};

/// Returns the time of a clock that is `ahead` seconds ahead.
fn time(ahead: i64) -> SystemTime {
    let difference = Duration::from_secs(ahead.unsigned_abs());
    if ahead < 0 { SystemTime::now() - difference } else { SystemTime::now() + difference }
}

/// Starts a server whose clock is `ahead` seconds ahead. The time of a signature must differ by less than `valid`
/// seconds.
fn server(ahead: &Arc<AtomicI64>, valid: u64, code: &'static str) -> Server {
    let ahead = Arc::clone(ahead);
    Server::start(move |request| {
        let now = time(ahead.load(Ordering::SeqCst));
        let age = now.duration_since(request.signed_at()).unwrap_or_else(|error| error.duration());
        let date = format!("date: {}\r\n", httpdate::fmt_http_date(now));
        if age < Duration::from_secs(valid) {
            Reply::Keep(answer("200 OK", &date, "{}"))
        } else {
            let body = format!(r#"{{"__type":"{code}","message":"Signature expired"}}"#);
            Reply::Keep(answer("400 Bad Request", &date, &body))
        }
    })
}

fn client(server: &Server) -> Client {
    let builder = Client::builder().endpoint(server.url()).region("eu-west-1");
    builder.credentials(Credentials::new("AKIDEXAMPLE", "secret")).build().expect("a client")
}

fn blocking_client(server: &Server) -> blocking::Client {
    let builder = blocking::Client::builder().endpoint(server.url()).region("eu-west-1");
    builder.credentials(Credentials::new("AKIDEXAMPLE", "secret")).build().expect("a client")
}

#[tokio::test]
async fn one_corrected_attempt_and_then_none() {
    for (ahead, code) in [
        (3600, "InvalidSignatureException"),
        (-3600, "RequestTimeTooSkewed"),
        (300, "RequestExpired"),
        (-86_400, "RequestInTheFuture"),
    ] {
        let ahead = Arc::new(AtomicI64::new(ahead));
        let server = server(&ahead, 240, code);
        let (client, blocking) = (client(&server), blocking_client(&server));
        for attempts in [2, 1, 1] {
            let reply = client.call(&operation()).send().await.expect("success");
            assert_eq!(reply.meta.attempts, attempts, "{code}");
            let reply = blocking.call(&operation()).send().expect("success");
            assert_eq!(reply.meta.attempts, attempts, "{code}");
        }
        // The clock of the server is corrected.
        ahead.store(0, Ordering::SeqCst);
        for attempts in [2, 1] {
            let reply = client.call(&operation()).send().await.expect("success");
            assert_eq!(reply.meta.attempts, attempts, "{code}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn concurrent_calls_are_all_corrected() {
    let server = server(&Arc::new(AtomicI64::new(3600)), 240, "InvalidSignatureException");
    let client = client(&server);
    let call = |client: Client| async move { client.call(&operation()).send().await };
    let tasks: Vec<_> = (0..50).map(|_| tokio::spawn(call(client.clone()))).collect();
    for task in tasks {
        assert!(task.await.expect("no panic").expect("success").meta.attempts <= 2);
    }
}

#[tokio::test]
async fn without_retries_the_next_call_is_right() {
    let server = server(&Arc::new(AtomicI64::new(3600)), 240, "InvalidSignatureException");
    let client = client(&server);
    let operation = operation();
    let error = client.call(&operation).retries(Retries::off()).send().await.expect_err("rejected");
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::InvalidSignature, 1));
    assert!(!error.may_have_executed());
    client.call(&operation).retries(Retries::off()).send().await.expect("success");
}

#[tokio::test]
async fn a_wrong_signature_is_not_attributed_to_the_clock() {
    // The clocks are close enough, so the signature was rejected for another reason.
    for ahead in [0, 180, -180] {
        let server = server(&Arc::new(AtomicI64::new(ahead)), 0, "InvalidSignatureException");
        let error = operation().send(&client(&server)).await.expect_err("rejected");
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::InvalidSignature, 1));
    }
    // The time is corrected at most once in a call.
    let server = server(&Arc::new(AtomicI64::new(3600)), 0, "InvalidSignatureException");
    let error = operation().send(&client(&server)).await.expect_err("rejected");
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::InvalidSignature, 2));
}

/// Starts a server that rejects the first request, with a `Date` that is wrong by two hours.
fn rejecting_first(message: &'static str) -> Server {
    let count = AtomicU32::new(0);
    Server::start(move |_| {
        let date = format!("date: {}\r\n", httpdate::fmt_http_date(time(7200)));
        if count.fetch_add(1, Ordering::SeqCst) > 0 {
            return Reply::Keep(answer("200 OK", &date, "{}"));
        }
        let body = format!(r#"{{"__type":"InvalidSignatureException","message":"{message}"}}"#);
        Reply::Keep(answer("403 Forbidden", &date, &body))
    })
}

#[tokio::test]
async fn a_wrong_date_does_not_expire_credentials() {
    let server = rejecting_first("Signature expired: 20150830T123600Z is now earlier than 20150830T143100Z");
    let source = || async { Ok(Credentials::new("AKIDEXAMPLE", "secret").expires_at(time(3600))) };
    let builder = Client::builder().endpoint(server.url()).region("eu-west-1").credentials(source);
    let client = builder.build().expect("a client");
    let reply = client.call(&operation()).send().await.expect("success");
    assert_eq!(reply.meta.attempts, 2);
    operation().send(&client).await.expect("success");
}

#[tokio::test]
async fn a_rejection_for_another_reason_does_not_correct_the_time() {
    let server = rejecting_first("The request signature we calculated does not match the signature you provided.");
    let client = client(&server);
    let error = operation().send(&client).await.expect_err("rejected");
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::InvalidSignature, 1));
    operation().send(&client).await.expect("success");
    let ahead = server.received()[1].signed_at().duration_since(SystemTime::now()).unwrap_or_default();
    assert!(ahead < Duration::from_mins(1), "{ahead:?}");
}
