//! The credentials of a client: one fetch for all calls, cancellation, and credentials that the service rejects.

use super::{header, operation};
use cognito_op::transport::{BoxFuture, SleepPurpose, Timeouts, Transport, TransportError};
use cognito_op::{Body, Client, Credentials, Error, ErrorKind, ProvideCredentials, Retries, Sign, SignError, blocking};
use cognito_op_tests::transport::Canned;
use http::{Request, Response, StatusCode};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Barrier, Mutex, mpsc};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

/// A source whose credentials contain the number of the fetch. With `first_expires`, the first credentials expire after
/// two seconds.
#[derive(Clone, Default)]
struct Numbered {
    fetches: Arc<AtomicU32>,
    first_expires: bool,
}

impl Numbered {
    fn next(&self) -> Credentials {
        let number = self.fetches.fetch_add(1, Ordering::SeqCst) + 1;
        let lifetime = Duration::from_secs(if self.first_expires && number == 1 { 2 } else { 3600 });
        Credentials::new(format!("AKID{number}"), "secret").expires_at(SystemTime::now() + lifetime)
    }

    fn fetches(&self) -> u32 {
        self.fetches.load(Ordering::SeqCst)
    }
}

impl ProvideCredentials for Numbered {
    fn provide(&self) -> BoxFuture<'_, Result<Credentials, SignError>> {
        Box::pin(async {
            tokio::time::sleep(Duration::from_millis(200)).await;
            Ok(self.next())
        })
    }
}

impl blocking::ProvideCredentials for Numbered {
    fn provide(&self) -> Result<Credentials, SignError> {
        thread::sleep(Duration::from_millis(200));
        Ok(self.next())
    }
}

fn expiring() -> Numbered {
    Numbered { first_expires: true, ..Numbered::default() }
}

/// A transport whose timeouts take real time, as the sources do.
struct Real(Canned, Instant);

impl Real {
    fn new(transport: &Canned) -> Self {
        Self(transport.clone(), Instant::now())
    }
}

impl Transport for Real {
    fn send(
        &self,
        request: Request<Body>,
        timeouts: Timeouts,
    ) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        Transport::send(&self.0, request, timeouts)
    }

    fn sleep(&self, duration: Duration, purpose: SleepPurpose) -> BoxFuture<'_, ()> {
        match purpose {
            SleepPurpose::Backoff => Transport::sleep(&self.0, duration, purpose),
            _ => Box::pin(tokio::time::sleep(duration)),
        }
    }

    fn now(&self) -> Duration {
        self.1.elapsed()
    }
}

impl blocking::Transport for Real {
    fn send(&self, request: Request<Body>, timeouts: Timeouts) -> Result<Response<Body>, TransportError> {
        blocking::Transport::send(&self.0, request, timeouts)
    }

    fn sleep(&self, duration: Duration) {
        blocking::Transport::sleep(&self.0, duration);
    }

    fn now(&self) -> Duration {
        self.1.elapsed()
    }
}

fn client(transport: &Canned, source: impl ProvideCredentials + 'static) -> Client {
    let builder = Client::builder().region("eu-west-1").credentials(source);
    builder.build_with(Real::new(transport)).expect("a client")
}

fn blocking_client(transport: &Canned, source: impl blocking::ProvideCredentials + 'static) -> blocking::Client {
    let builder = blocking::Client::builder().region("eu-west-1").credentials(source);
    builder.build_with(Real::new(transport)).expect("a client")
}

/// Returns the access key ids of all requests.
fn ids(transport: &Canned) -> Vec<String> {
    let id = |request: &Request<Body>| {
        let (_, rest) = header(request, "authorization").split_once("Credential=").expect("a signature");
        rest.split('/').next().expect("an id").to_owned()
    };
    transport.seen().iter().map(|(request, _)| id(request)).collect()
}

/// Rejects requests with one of these access key ids.
fn rejecting(ids: &'static [&'static str], code: &'static str) -> Canned {
    Canned::new(move |request| {
        let signature = header(request, "authorization");
        let is_rejected = ids.iter().any(|id| signature.contains(&format!("={id}/")));
        let body = if is_rejected { format!(r#"{{"__type":"{code}"}}"#) } else { "{}".to_owned() };
        let mut response = Response::new(Body::from(body));
        if is_rejected {
            *response.status_mut() = StatusCode::BAD_REQUEST;
        }
        Ok(response)
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_tasks_cause_one_fetch() {
    let (transport, source) = (Canned::always(200, &[], "{}"), expiring());
    let client = client(&transport, source.clone());
    for round in 1..=2 {
        let call = |client: Client| async move { operation().send(&client).await };
        let tasks: Vec<_> = (0..1000).map(|_| tokio::spawn(call(client.clone()))).collect();
        for task in tasks {
            task.await.expect("no panic").expect("success");
        }
        assert_eq!(source.fetches(), round);
        if round == 1 {
            tokio::time::sleep(Duration::from_millis(2100)).await;
        }
    }
    let ids = ids(&transport);
    assert!(ids[..1000].iter().all(|id| id == "AKID1") && ids[1000..].iter().all(|id| id == "AKID2"));
}

#[test]
fn sixty_four_threads_cause_one_fetch() {
    let (transport, source) = (Canned::always(200, &[], "{}"), expiring());
    let client = blocking_client(&transport, source.clone());
    for round in 1..=2 {
        let barrier = Barrier::new(64);
        thread::scope(|scope| {
            for _ in 0..64 {
                scope.spawn(|| {
                    barrier.wait();
                    operation().send_blocking(&client).expect("success");
                });
            }
        });
        assert_eq!(source.fetches(), round);
        if round == 1 {
            thread::sleep(Duration::from_millis(2100));
        }
    }
    assert_eq!(ids(&transport)[64..], ["AKID2"; 64]);
}

#[tokio::test]
async fn a_cancelled_call_does_not_block_the_others() {
    let (transport, source) = (Canned::always(200, &[], "{}"), Numbered::default());
    let client = client(&transport, source.clone());
    let waiting = tokio::spawn({
        let client = client.clone();
        async move {
            tokio::time::sleep(Duration::from_millis(10)).await;
            operation().send(&client).await
        }
    });
    let cancelled = operation();
    let cancelled = cancelled.send(&client);
    assert!(tokio::time::timeout(Duration::from_millis(30), cancelled).await.is_err());
    waiting.await.expect("no panic").expect("success");
    assert_eq!(source.fetches(), 1);
    // The only waiting call is cancelled. The next call takes over the fetch.
    let source = Numbered::default();
    let client = self::client(&transport, source.clone());
    let cancelled = operation();
    assert!(tokio::time::timeout(Duration::from_millis(10), cancelled.send(&client)).await.is_err());
    operation().send(&client).await.expect("success");
    assert_eq!(source.fetches(), 1);
}

#[tokio::test]
async fn a_failed_fetch_fails_calls_for_a_second() {
    let transport = Canned::always(200, &[], "{}");
    let count = Arc::new(AtomicU32::new(0));
    let source = {
        let count = Arc::clone(&count);
        move || {
            let is_first = count.fetch_add(1, Ordering::SeqCst) == 0;
            async move {
                tokio::time::sleep(Duration::from_millis(50)).await;
                if is_first { Err("the vault is sealed".into()) } else { Ok(Credentials::new("AKID", "secret")) }
            }
        }
    };
    let client = client(&transport, source);
    let operation = operation();
    let (one, two) = tokio::join!(operation.send(&client), operation.send(&client));
    for outcome in [one, two] {
        let error = outcome.expect_err("no credentials");
        assert_eq!((error.kind(), error.attempts(), error.may_have_executed()), (ErrorKind::Signing, 1, false));
        assert!(error.to_string().ends_with("was not sent: the vault is sealed"), "{error}");
    }
    assert!(transport.seen().is_empty());
    tokio::time::sleep(Duration::from_millis(1100)).await;
    operation.send(&client).await.expect("success");
    assert_eq!(count.load(Ordering::SeqCst), 2);
}

#[test]
fn failed_fetches_back_off() {
    let transport = Canned::always(200, &[], "{}");
    let count = Arc::new(AtomicU32::new(0));
    let source = {
        let count = Arc::clone(&count);
        move || {
            count.fetch_add(1, Ordering::SeqCst);
            Err("the vault is sealed".into())
        }
    };
    let client = blocking_client(&transport, source);
    for _ in 0..50 {
        let error = operation().send_blocking(&client).expect_err("no credentials");
        assert!(error.to_string().ends_with("was not sent: the vault is sealed"), "{error}");
    }
    assert!(count.load(Ordering::SeqCst) <= 2);
}

#[test]
fn a_thread_that_waits_for_the_source_of_another_keeps_its_timeout() {
    let transport = Canned::always(200, &[], "{}");
    let (begun, has_begun) = mpsc::channel();
    let (end, has_ended) = mpsc::channel::<()>();
    let has_ended = Mutex::new(has_ended);
    let source = move || {
        begun.send(())?;
        // The timeout lets the test end even if it fails.
        let _ = has_ended.lock().expect("no panic").recv_timeout(Duration::from_secs(5));
        Ok(Credentials::new("AKID", "secret"))
    };
    let client = blocking_client(&transport, source);
    thread::scope(|scope| {
        let first = scope.spawn(|| operation().send_blocking(&client));
        has_begun.recv().expect("a fetch");
        let begun = Instant::now();
        let outcome = client.call(&operation()).timeout(Duration::from_secs(1)).send();
        let time = begun.elapsed();
        let _ = end.send(());
        assert!(time < Duration::from_millis(2500), "{time:?}");
        let error = outcome.expect_err("a timeout");
        assert_eq!((error.kind(), error.may_have_executed()), (ErrorKind::Timeout, false));
        first.join().expect("no panic").expect("success");
    });
}

#[tokio::test]
async fn expired_credentials_are_not_used() {
    let transport = Canned::always(200, &[], "{}");
    let expired = Credentials::new("AKID", "secret").expires_at(SystemTime::now());
    let outcomes = [
        operation().send(&client(&transport, expired.clone())).await,
        operation().send_blocking(&blocking_client(&transport, expired)),
    ];
    for error in outcomes.map(|outcome| outcome.expect_err("expired")) {
        assert_eq!(error.kind(), ErrorKind::Signing);
        assert!(error.to_string().ends_with("the source returned expired credentials"), "{error}");
    }
    assert!(transport.seen().is_empty());
}

#[tokio::test]
async fn rejected_credentials_are_replaced_for_all_calls() {
    for code in ["ExpiredTokenException", "UnrecognizedClientException", "InvalidClientTokenId"] {
        let (transport, source) = (rejecting(&["AKID1"], code), Numbered::default());
        let client = client(&transport, source.clone());
        let tasks: Vec<_> = (0..100)
            .map(|_| {
                let client = client.clone();
                tokio::spawn(async move { client.call(&operation()).send().await })
            })
            .collect();
        for task in tasks {
            let reply = task.await.expect("no panic").expect("success");
            // A call that waited for the first credentials may already use the second ones.
            assert!(reply.meta.attempts <= 2, "{}", reply.meta.attempts);
        }
        assert_eq!(source.fetches(), 2, "{code}");
        let reply = client.call(&operation()).send().await.expect("success");
        assert_eq!(reply.meta.attempts, 1);
        assert!(transport.slept().iter().all(Duration::is_zero), "no backoff");

        let (transport, source) = (rejecting(&["AKID1"], code), Numbered::default());
        let client = blocking_client(&transport, source.clone());
        let reply = client.call(&operation()).send().expect("success");
        assert_eq!((reply.meta.attempts, source.fetches()), (2, 2));
    }
}

#[test]
fn credentials_that_stay_rejected_are_not_sent_twice_again() {
    let (transport, source) = (rejecting(&["AKID1", "AKID2"], "ExpiredTokenException"), Numbered::default());
    let client = blocking_client(&transport, source.clone());
    for attempts in [2, 1, 1] {
        let error = operation().send_blocking(&client).expect_err("rejected");
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::ExpiredToken, attempts));
        assert!(!error.may_have_executed());
    }
    assert_eq!(source.fetches(), 2);
}

#[test]
fn without_retries_the_next_call_has_new_credentials() {
    let (transport, source) = (rejecting(&["AKID1"], "ExpiredTokenException"), Numbered::default());
    let client = blocking_client(&transport, source);
    let operation = operation();
    let error = client.call(&operation).retries(Retries::off()).send().expect_err("rejected");
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::ExpiredToken, 1));
    client.call(&operation).retries(Retries::off()).send().expect("success");
    assert_eq!(ids(&transport), ["AKID1", "AKID2"]);
}

#[test]
fn calls_that_retry_only_unsent_requests_have_new_credentials_too() {
    let (transport, source) = (rejecting(&["AKID1"], "ExpiredTokenException"), Numbered::default());
    let client = blocking_client(&transport, source);
    let reply = client.call(&operation()).unsent_only().send().expect("success");
    assert_eq!((reply.meta.attempts, ids(&transport)), (2, vec!["AKID1".to_owned(), "AKID2".to_owned()]));
}

#[tokio::test]
async fn sources_of_credentials() {
    let transport = Canned::always(200, &[], "{}");
    let shared: Arc<dyn ProvideCredentials> = Arc::new(Credentials::new("SHARED", "secret"));
    let closure = || async { Ok(Credentials::new("CLOSURE", "secret").session_token("token")) };
    for client in [client(&transport, shared), client(&transport, closure)] {
        operation().send(&client).await.expect("success");
    }
    let shared: Arc<dyn blocking::ProvideCredentials> = Arc::new(Credentials::new("SHARED", "secret"));
    let closure = || Ok(Credentials::new("CLOSURE", "secret"));
    for client in [blocking_client(&transport, shared), blocking_client(&transport, closure)] {
        operation().send_blocking(&client).expect("success");
    }
    assert_eq!(ids(&transport), ["SHARED", "CLOSURE", "SHARED", "CLOSURE"]);
    assert_eq!(header(&transport.seen()[1].0, "x-amz-security-token"), "token");
    // A client with other credentials shares the transport.
    let other = client(&transport, Credentials::new("ONE", "secret"));
    let other = other.with_credentials(Credentials::new("TWO", "secret")).expect("a client");
    operation().send(&other).await.expect("success");
    assert_eq!(ids(&transport)[4], "TWO");
}

#[test]
fn a_client_with_an_endpoint_needs_the_region_too() {
    let transport = Canned::always(200, &[], "{}");
    let builder = || Client::builder().endpoint("http://localhost:9229").credentials(Credentials::new("A", "secret"));
    let error = builder().build_with(transport.clone()).expect_err("no region");
    assert_eq!(error.kind(), ErrorKind::Misconfigured);
    assert!(error.to_string().contains("set it with `region` beside `endpoint`"), "{error}");
    assert!(builder().region("eu-west-1").build_with(transport).is_ok());
}

/// A signer that records the errors that `rejected` is called with.
#[derive(Clone, Default)]
struct Asked(Arc<Mutex<Vec<ErrorKind>>>);

impl Asked {
    fn ask(&self, request: &Request<Body>, response: &Response<Body>, error: &Error) -> bool {
        assert_eq!(header(request, "authorization"), "signed");
        assert_eq!(Some(response.status()), error.status());
        self.0.lock().expect("no panic").push(error.kind());
        true
    }
}

impl blocking::Sign for Asked {
    fn sign(&self, request: &mut Request<Body>, _: Duration) -> Result<(), SignError> {
        request.headers_mut().insert("authorization", "signed".parse()?);
        Ok(())
    }

    fn rejected(&self, request: &Request<Body>, response: &Response<Body>, error: &Error) -> bool {
        self.ask(request, response, error)
    }
}

impl Sign for Asked {
    fn sign<'a>(&'a self, request: &'a mut Request<Body>) -> BoxFuture<'a, Result<(), SignError>> {
        Box::pin(async { blocking::Sign::sign(self, request, Duration::MAX) })
    }

    fn rejected(&self, request: &Request<Body>, response: &Response<Body>, error: &Error) -> bool {
        self.ask(request, response, error)
    }
}

#[tokio::test]
async fn signers_are_asked_about_rejected_signatures_only() {
    for (status, code, attempts, asked) in [
        (400, "InvalidSignatureException", 2, 2),
        (403, "SignatureDoesNotMatch", 2, 2),
        (400, "IncompleteSignature", 2, 2),
        (403, "RequestTimeTooSkewed", 2, 2),
        (400, "MissingAuthenticationToken", 2, 2),
        // The response may come from a gateway, and the operation may have executed.
        (502, "InvalidSignatureException", 1, 0),
        (400, "AccessDeniedException", 1, 0),
        (400, "NotAuthorizedException", 1, 0),
    ] {
        let transport = Canned::always(status, &[], &format!(r#"{{"__type":"{code}"}}"#));
        let signer = Asked::default();
        let client = Client::builder().region("eu-west-1").build_with(transport.clone()).expect("a client");
        let error = operation().send(&client.with_signer(signer.clone())).await.expect_err("rejected");
        assert_eq!((error.attempts(), signer.0.lock().expect("no panic").len()), (attempts, asked), "{code}");
        let signer = Asked::default();
        let client = blocking::Client::builder().region("eu-west-1").build_with(transport).expect("a client");
        let error = operation().send_blocking(&client.with_signer(signer.clone())).expect_err("rejected");
        assert_eq!((error.attempts(), signer.0.lock().expect("no panic").len()), (attempts, asked), "{code}");
    }
}
