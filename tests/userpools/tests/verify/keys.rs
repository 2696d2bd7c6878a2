//! The fetching and caching of keys with a virtual clock, with both clients.

use crate::key_server::{KeyServer, Reply, State};
use crate::{CLIENT, OTHER_POOL, POOL};
use cognito_op::transport::{BoxFuture, SleepPurpose, Timeouts, Transport, TransportError};
use cognito_op::{Body, Client, Fault, blocking};
use cognito_op_tests_userpools::fake_service::FakeService;
use cognito_userpools::verify::{MockPool, Verifier, VerifierBuilder, VerifyError, VerifyReason};
use futures_util::FutureExt as _;
use http::{Request, Response};
use std::error::Error as _;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;
use std::time::{Duration, SystemTime};

const HOUR: Duration = Duration::from_hours(1);
const DAY: Duration = Duration::from_hours(24);

/// Returns a builder with a clock at the Unix epoch, so that the tokens do not expire.
fn builder() -> VerifierBuilder {
    Verifier::builder().user_pool(POOL).client_id(CLIENT).clock(|| SystemTime::UNIX_EPOCH)
}

fn keys() -> Reply {
    Reply::Keys(MockPool::new(POOL).keys())
}

fn token() -> String {
    MockPool::new(POOL).access_token(CLIENT).mint()
}

fn token_with_key(kid: &str) -> String {
    MockPool::new(POOL).access_token(CLIENT).header("kid", kid).mint()
}

/// Returns the keys of the pool, with another id for the key of access tokens.
fn keys_with(kid: &str) -> Reply {
    Reply::Keys(MockPool::new(POOL).keys().replace(&format!("{POOL}-access"), kid))
}

fn reason<T>(outcome: Result<T, VerifyError>) -> Option<VerifyReason> {
    outcome.err().map(|error| error.reason())
}

#[test]
fn futures_can_move_between_threads() {
    fn assert_send(_: impl Send) {}
    let server = KeyServer::default();
    let verifier = builder().build(&server.client()).expect("a verifier");
    assert_send(verifier.access_token(""));
    assert_send(verifier.hydrate());
}

#[tokio::test]
async fn a_thousand_calls_share_one_fetch() {
    let server = KeyServer::default();
    server.reply(POOL, Reply::Hang);
    let verifier = builder().build(&server.client()).expect("a verifier");
    let calls: Vec<_> = (0..1000)
        .map(|_| {
            let (verifier, token) = (verifier.clone(), token());
            tokio::spawn(async move { verifier.access_token(&token).await })
        })
        .collect();
    for _ in 0..3 {
        tokio::task::yield_now().await;
    }
    assert_eq!(
        server.requests(),
        [format!("https://cognito-idp.eu-west-1.amazonaws.com/{POOL}/.well-known/jwks.json")]
    );
    assert!(calls.iter().all(|call| !call.is_finished()));
    server.reply(POOL, keys());
    for call in calls {
        call.await.expect("no panic").expect("a valid token");
    }
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn a_hundred_threads_share_one_fetch() {
    let server = KeyServer::default();
    server.reply(POOL, Reply::Hang);
    let verifier = builder().build(&server.blocking_client()).expect("a verifier");
    thread::scope(|scope| {
        let threads: Vec<_> = (0..100).map(|_| scope.spawn(|| verifier.access_token(&token()).map(drop))).collect();
        server.wait_for(1);
        thread::sleep(Duration::from_millis(50));
        assert!(threads.iter().all(|thread| !thread.is_finished()));
        server.reply(POOL, keys());
        for thread in threads {
            thread.join().expect("no panic").expect("a valid token");
        }
    });
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn an_unknown_key_id_causes_one_fetch_in_ten_seconds() {
    let server = KeyServer::default();
    server.reply(POOL, keys());
    let verifier = builder().build(&server.client()).expect("a verifier");
    verifier.access_token(&token()).await.expect("a valid token");
    for (seconds, fetches) in [(0, 1), (9, 1), (1, 2), (9, 2), (1, 3)] {
        server.advance(Duration::from_secs(seconds));
        for attempt in 0..20 {
            let outcome = verifier.access_token(&token_with_key(&format!("unknown-{attempt}"))).await;
            assert_eq!(reason(outcome), Some(VerifyReason::UnknownKey));
        }
        assert_eq!(server.requests().len(), fetches);
    }
    // A fetch replaces the entire key set.
    server.advance(Duration::from_secs(10));
    server.reply(POOL, keys_with("new"));
    verifier.access_token(&token_with_key("new")).await.expect("a valid token");
    assert_eq!(reason(verifier.access_token(&token()).await), Some(VerifyReason::UnknownKey));
    assert_eq!(server.requests().len(), 4);
}

#[tokio::test]
async fn a_failed_fetch_is_reported_and_repeated() {
    let server = KeyServer::default();
    server.reply(POOL, Reply::Status(500));
    let verifier = builder().build(&server.client()).expect("a verifier");
    for _ in 0..5 {
        let error = verifier.access_token(&token()).await.expect_err("no keys");
        assert_eq!((error.reason(), error.fault()), (VerifyReason::KeysUnavailable, Fault::Network));
        assert_eq!(error.status(), 503);
        let source = error.source().expect("the reason").to_string();
        assert_eq!(source, "the server of the keys responded with status 500");
        assert!(error.to_string().ends_with(&source), "{error}");
    }
    assert_eq!(reason(verifier.access_token_cached(&token())), Some(VerifyReason::KeysNotCached));
    assert_eq!(server.requests().len(), 1);
    server.reply(POOL, keys());
    server.advance(Duration::from_secs(1));
    verifier.access_token(&token()).await.expect("a valid token");

    // After a failed fetch, the last valid key set is still used.
    server.reply(POOL, Reply::Keys("<html>".to_owned()));
    server.advance(Duration::from_secs(10));
    let error = verifier.access_token(&token_with_key("unknown")).await.expect_err("no such key");
    assert_eq!(error.reason(), VerifyReason::KeysUnavailable);
    assert_eq!(error.source().expect("the reason").to_string(), "the key set is not JSON");
    verifier.access_token(&token()).await.expect("a valid token");
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn old_keys_are_used_while_one_call_fetches_new_ones() {
    let server = KeyServer::default();
    server.reply(POOL, keys());
    let verifier = builder().build(&server.client()).expect("a verifier");
    verifier.access_token(&token()).await.expect("a valid token");
    server.advance(DAY.saturating_sub(Duration::from_secs(1)));
    verifier.access_token(&token()).await.expect("a valid token");
    assert_eq!(server.requests().len(), 1);

    // The fetch hangs, and no call waits for it.
    server.advance(Duration::from_secs(1));
    server.reply(POOL, Reply::Hang);
    let token = token();
    for _ in 0..10 {
        verifier.access_token(&token).now_or_never().expect("it does not wait").expect("a valid token");
    }
    assert_eq!(server.requests().len(), 2);

    // The fetch times out. The next attempt is a minute later.
    server.advance(Duration::from_secs(4));
    verifier.access_token(&token).now_or_never().expect("it does not wait").expect("a valid token");
    server.reply(POOL, Reply::Status(500));
    verifier.access_token(&token).await.expect("a valid token");
    assert_eq!(server.requests().len(), 2);
    server.advance(Duration::from_mins(1));
    verifier.access_token(&token).await.expect("a valid token");
    assert_eq!(server.requests().len(), 3);

    // The fetch succeeds.
    server.advance(Duration::from_mins(1));
    server.reply(POOL, keys_with("new"));
    verifier.access_token(&token).await.expect("the old key");
    assert_eq!(reason(verifier.access_token(&token).await), Some(VerifyReason::UnknownKey));
    verifier.access_token(&token_with_key("new")).await.expect("the new key");
    assert_eq!(server.requests().len(), 4);
}

/// A transport whose requests have to be polled several times, as with a new connection.
struct SlowTransport(FakeService<State>);

impl Transport for SlowTransport {
    fn send(
        &self,
        request: Request<Body>,
        timeouts: Timeouts,
    ) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        let (mut response, mut steps) = (Transport::send(&self.0, request, timeouts), 4);
        Box::pin(poll_fn(move |context| {
            if steps == 0 {
                return response.as_mut().poll(context);
            }
            steps -= 1;
            context.waker().wake_by_ref();
            Poll::Pending
        }))
    }

    fn sleep(&self, duration: Duration, purpose: SleepPurpose) -> BoxFuture<'_, ()> {
        Transport::sleep(&self.0, duration, purpose)
    }

    fn now(&self) -> Duration {
        Transport::now(&self.0)
    }
}

#[tokio::test]
async fn old_keys_are_replaced_when_calls_are_far_apart() {
    // With calls 10 seconds apart, the fetch in the background is given up. With calls 5 seconds apart, it times out,
    // and the next attempt is a minute later.
    for (seconds, calls) in [(10, 2), (5, 14)] {
        let server = KeyServer::default();
        server.reply(POOL, keys());
        let client =
            Client::builder().endpoint("https://cognito.invalid").build_with(SlowTransport(server.transport()));
        let verifier = builder().build(&client.expect("a client")).expect("a verifier");
        let (token, new) = (token(), token_with_key("new"));
        verifier.access_token(&token).await.expect("a valid token");
        server.advance(DAY);
        server.reply(POOL, keys_with("new"));
        for call in 1..=calls {
            assert!(verifier.access_token_cached(&new).is_err(), "before call {call}");
            let outcome = verifier.access_token(&token).await;
            // The last call waits for the new keys, and uses them.
            assert_eq!(reason(outcome), (call == calls).then_some(VerifyReason::UnknownKey), "call {call}");
            server.advance(Duration::from_secs(seconds));
        }
        verifier.access_token_cached(&new).expect("the new key");
        assert_eq!(server.requests().len(), 3);
    }
}

#[tokio::test]
async fn one_call_waits_after_a_fetch_that_was_given_up() {
    let server = KeyServer::default();
    server.reply(POOL, keys());
    let verifier = builder().build(&server.client()).expect("a verifier");
    let token = token();
    verifier.access_token(&token).await.expect("a valid token");
    server.advance(DAY);
    server.reply(POOL, Reply::Hang);
    let call = || verifier.access_token(&token);
    call().now_or_never().expect("no wait").expect("a valid token");
    server.advance(Duration::from_secs(10));
    let mut waiting = pin!(call());
    assert!((&mut waiting).now_or_never().is_none());
    for _ in 0..10 {
        call().now_or_never().expect("no wait").expect("a valid token");
    }
    // The cached keys are used after the timeout.
    server.advance(Duration::from_millis(3010));
    (&mut waiting).now_or_never().expect("a timeout").expect("a valid token");
    assert_eq!(server.requests().len(), 3);
    // The timeout was noticed in time, so the next fetch is in the background again.
    server.advance(Duration::from_mins(1));
    call().now_or_never().expect("no wait").expect("a valid token");
    assert_eq!(server.requests().len(), 4);
    // A call that waits can be cancelled.
    server.advance(Duration::from_secs(7));
    assert!(call().now_or_never().is_none());
    server.reply(POOL, keys_with("new"));
    call().now_or_never().expect("no wait").expect("the old key");
    assert_eq!(reason(call().await), Some(VerifyReason::UnknownKey));
    assert_eq!(server.requests().len(), 5);
}

#[tokio::test]
async fn spawned_fetches_do_not_delay_a_call() {
    let server = KeyServer::default();
    server.reply(POOL, keys());
    let (spawned, fetches) = mpsc::channel::<BoxFuture<'static, ()>>();
    let spawned = Mutex::new(spawned);
    let builder = builder().spawn(move |fetch| spawned.lock().expect("no panic").send(fetch).expect("a receiver"));
    let verifier = builder.build(&server.client()).expect("a verifier");
    let token = token();
    // The first call also polls the fetch, since it needs the keys.
    verifier.access_token(&token).now_or_never().expect("no wait").expect("a valid token");
    fetches.try_recv().expect("a fetch").now_or_never().expect("it has ended");

    server.advance(DAY);
    server.reply(POOL, Reply::Hang);
    for _ in 0..10 {
        verifier.access_token(&token).now_or_never().expect("no wait").expect("a valid token");
    }
    let mut fetch = fetches.try_recv().expect("a fetch");
    assert!(fetches.try_recv().is_err(), "only one fetch is spawned");
    assert!((&mut fetch).now_or_never().is_none());
    server.reply(POOL, keys_with("new"));
    fetch.now_or_never().expect("a response");
    assert_eq!(reason(verifier.access_token(&token).await), Some(VerifyReason::UnknownKey));
    assert_eq!(server.requests().len(), 2);

    // An executor that shuts down drops the future. Calls then poll the fetch.
    server.advance(DAY);
    server.reply(POOL, Reply::Hang);
    let new = token_with_key("new");
    verifier.access_token(&new).now_or_never().expect("no wait").expect("a valid token");
    drop(fetches.try_recv().expect("a fetch"));
    server.reply(POOL, keys_with("newer"));
    verifier.access_token(&new).now_or_never().expect("no wait").expect("the old key");
    assert_eq!(reason(verifier.access_token(&new).await), Some(VerifyReason::UnknownKey));
    assert_eq!(server.requests().len(), 3);
}

#[test]
fn threads_fetch_new_keys_for_a_blocking_client() {
    let server = KeyServer::default();
    server.reply(POOL, keys());
    let verifier = builder().build(&server.blocking_client()).expect("a verifier");
    verifier.access_token(&token()).expect("a valid token");
    server.advance(DAY);
    server.reply(POOL, Reply::Hang);
    for _ in 0..10 {
        verifier.access_token(&token()).expect("a valid token");
    }
    server.wait_for(2);
    server.reply(POOL, keys_with("new"));
    let new = token_with_key("new");
    for _ in 0..1000 {
        if verifier.access_token_cached(&new).is_ok() {
            break;
        }
        thread::sleep(Duration::from_millis(10));
    }
    verifier.access_token(&new).expect("the new key");
    assert_eq!(server.requests().len(), 2);

    // After the thread of a fetch has panicked, the next call starts another fetch.
    server.advance(DAY);
    server.reply(POOL, Reply::Panic);
    verifier.access_token(&new).expect("a valid token");
    server.wait_for(3);
    for requests in 4..6 {
        while server.requests().len() < requests {
            verifier.access_token(&new).expect("a valid token");
            thread::sleep(Duration::from_millis(10));
        }
    }
}

#[tokio::test]
async fn keys_are_not_used_beyond_the_limit() {
    let server = KeyServer::default();
    server.reply(POOL, keys());
    let verifier = builder().build(&server.client()).expect("a verifier");
    verifier.access_token(&token()).await.expect("a valid token");
    server.reply(POOL, Reply::Status(503));
    server.advance((7 * DAY).saturating_sub(Duration::from_secs(1)));
    verifier.access_token(&token()).await.expect("a valid token");
    server.advance(Duration::from_secs(1));
    assert_eq!(reason(verifier.access_token(&token()).await), Some(VerifyReason::KeysUnavailable));
    assert_eq!(reason(verifier.access_token_cached(&token())), Some(VerifyReason::KeysNotCached));
    server.advance(Duration::from_secs(10));
    server.reply(POOL, keys());
    verifier.access_token(&token()).await.expect("a valid token");

    // Ages that the program sets.
    let verifier = builder().key_ages(HOUR, 2 * HOUR).build(&server.client()).expect("a verifier");
    verifier.hydrate().await.expect("keys");
    let before = server.requests().len();
    server.advance(HOUR);
    verifier.access_token(&token()).await.expect("a valid token");
    assert_eq!(server.requests().len(), before + 1);

    // With ages of zero, a call does not fetch endlessly.
    let builder = builder().key_ages(Duration::ZERO, Duration::ZERO);
    let verifier = builder.build(&server.client()).expect("a verifier");
    verifier.access_token(&token()).await.expect("a valid token");
}

#[tokio::test]
async fn a_call_that_is_cancelled_does_not_strand_the_others() {
    let server = KeyServer::default();
    server.reply(POOL, Reply::Hang);
    let verifier = builder().build(&server.client()).expect("a verifier");
    let token = token();
    let mut fetching = Box::pin(verifier.access_token(&token));
    assert!((&mut fetching).now_or_never().is_none());
    let waiting: Vec<_> = (0..10)
        .map(|_| {
            let (verifier, token) = (verifier.clone(), token.clone());
            tokio::spawn(async move { verifier.access_token(&token).await })
        })
        .collect();
    tokio::task::yield_now().await;
    assert_eq!(server.requests().len(), 1);
    // Cancels a call that waits, and then the call that began the fetch.
    waiting[0].abort();
    drop(fetching);
    tokio::task::yield_now().await;
    server.reply(POOL, keys());
    for call in waiting.into_iter().skip(1) {
        call.await.expect("no panic").expect("a valid token");
    }
    assert_eq!(server.requests().len(), 1, "the fetch continues");
}

/// A remote client that opens and closes connections does not cause a request for each of them.
#[tokio::test]
async fn calls_that_are_cancelled_share_one_fetch() {
    let server = KeyServer::default();
    server.reply(POOL, Reply::Hang);
    let verifier = builder().build(&server.client()).expect("a verifier");
    let unknown = |number: u32| token_with_key(&format!("unknown-{number}"));
    for number in 0..100 {
        assert!(verifier.access_token(&unknown(number)).now_or_never().is_none());
        server.advance(Duration::from_millis(20));
    }
    assert_eq!(server.requests().len(), 1);
    // The next call completes the fetch that the cancelled calls have polled.
    server.reply(POOL, keys());
    verifier.access_token(&token()).now_or_never().expect("no wait").expect("a valid token");
    for number in 0..100 {
        let outcome = verifier.access_token(&unknown(number)).now_or_never().expect("no wait");
        assert_eq!(reason(outcome), Some(VerifyReason::UnknownKey));
    }
    assert_eq!(server.requests().len(), 1);
}

/// A verifier that is dropped during a fetch is freed: there is no reference cycle.
#[tokio::test]
async fn a_verifier_can_be_dropped_during_a_fetch() {
    let server = KeyServer::default();
    server.reply(POOL, Reply::Hang);
    let alive = Arc::new(());
    let held = Arc::clone(&alive);
    let builder = builder().clock(move || {
        let _ = &held;
        SystemTime::UNIX_EPOCH
    });
    let verifier = builder.build(&server.client()).expect("a verifier");
    assert!(verifier.access_token(&token()).now_or_never().is_none());
    drop(verifier);
    assert_eq!(Arc::strong_count(&alive), 1);
}

#[tokio::test]
async fn a_call_that_is_not_polled_does_not_strand_the_others() {
    let server = KeyServer::default();
    server.reply(POOL, Reply::Hang);
    let verifier = builder().build(&server.client()).expect("a verifier");
    let token = token();
    let mut fetching = pin!(verifier.access_token(&token));
    assert!((&mut fetching).now_or_never().is_none());
    let mut waiting = pin!(verifier.access_token(&token));
    assert!((&mut waiting).now_or_never().is_none());
    server.reply(POOL, keys());
    (&mut waiting).now_or_never().expect("no wait").expect("a valid token");
    assert_eq!(server.requests().len(), 1);
    (&mut fetching).now_or_never().expect("no wait").expect("a valid token");

    // The fetch has stalled, and the call that began it is not polled.
    let server = KeyServer::default();
    server.reply(POOL, Reply::Hang);
    let verifier = builder().build(&server.client()).expect("a verifier");
    let mut fetching = pin!(verifier.access_token(&token));
    assert!((&mut fetching).now_or_never().is_none());
    let mut waiting = pin!(verifier.access_token(&token));
    assert!((&mut waiting).now_or_never().is_none());
    server.advance(Duration::from_secs(7));
    server.reply(POOL, keys());
    verifier.access_token(&token).now_or_never().expect("no wait").expect("a valid token");
    (&mut waiting).now_or_never().expect("no wait").expect("a valid token");
    (&mut fetching).now_or_never().expect("no wait").expect("a valid token");
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn calls_with_a_known_key_make_a_fetch_progress() {
    let server = KeyServer::default();
    server.reply(POOL, keys());
    let verifier = builder().build(&server.client()).expect("a verifier");
    let (token, new) = (token(), token_with_key("new"));
    verifier.access_token(&token).await.expect("a valid token");
    server.advance(Duration::from_secs(10));
    server.reply(POOL, Reply::Hang);
    assert!(verifier.access_token(&new).now_or_never().is_none());
    server.reply(POOL, keys_with("new"));
    verifier.access_token(&token).now_or_never().expect("no wait").expect("the old key");
    verifier.access_token_cached(&new).expect("the new key");
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_panic_of_the_transport_does_not_strand_the_others() {
    let server = KeyServer::default();
    server.reply(POOL, Reply::Hang);
    let verifier = builder().build(&server.client()).expect("a verifier");
    let calls: Vec<_> = (0..4)
        .map(|_| {
            let (verifier, token) = (verifier.clone(), token());
            tokio::spawn(async move { verifier.access_token(&token).await.map(drop) })
        })
        .collect();
    tokio::task::yield_now().await;
    server.reply(POOL, Reply::Panic);
    for call in calls {
        assert!(call.await.expect_err("a panic").is_panic());
    }
    server.reply(POOL, keys());
    verifier.access_token(&token()).now_or_never().expect("no wait").expect("a valid token");

    let server = KeyServer::default();
    server.reply(POOL, Reply::Hang);
    let verifier: Verifier<blocking::Client> = builder().build(&server.blocking_client()).expect("a verifier");
    let call = |verifier: &Verifier<blocking::Client>| {
        let verifier = verifier.clone();
        thread::spawn(move || verifier.access_token(&token()).map(drop))
    };
    let calls: Vec<_> = (0..4).map(|_| call(&verifier)).collect();
    server.wait_for(1);
    server.reply(POOL, Reply::Panic);
    server.wait_for(4);
    for call in calls {
        assert!(call.join().is_err(), "a panic");
    }
    server.reply(POOL, keys());
    verifier.access_token(&token()).expect("a valid token");
}

/// A waker that holds a future, as the waker of a task does.
struct Holding {
    _future: Mutex<Pin<Box<dyn Future<Output = ()> + Send>>>,
}

impl Wake for Holding {
    fn wake(self: Arc<Self>) {}
}

#[test]
fn dropping_a_waker_can_drop_a_call_that_waits() {
    let (done, ended) = mpsc::channel();
    // Runs on another thread, so that a deadlock fails the test.
    thread::spawn(move || {
        let server = KeyServer::default();
        server.reply(POOL, Reply::Hang);
        let verifier = builder().build(&server.client()).expect("a verifier");
        let call = || -> Pin<Box<dyn Future<Output = ()> + Send>> {
            let (verifier, token) = (verifier.clone(), token());
            Box::pin(async move { drop(verifier.access_token(&token).await) })
        };
        let mut fetching = call();
        assert!((&mut fetching).now_or_never().is_none());
        // A task polls a call that waits, and owns another call that waits.
        let mut other = call();
        assert!((&mut other).now_or_never().is_none());
        let task = Arc::new(Holding { _future: Mutex::new(other) });
        let mut waiting = call();
        let waker = Waker::from(Arc::clone(&task));
        assert!(waiting.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
        drop((task, waker));
        // The call moves to another task, which drops the last reference to the first task.
        assert!((&mut waiting).now_or_never().is_none());
        let mut other = call();
        assert!((&mut other).now_or_never().is_none());
        let waker = Waker::from(Arc::new(Holding { _future: Mutex::new(other) }));
        assert!(waiting.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
        drop(waker);
        drop(waiting);
        done.send(()).expect("a receiver");
    });
    ended.recv_timeout(Duration::from_secs(10)).expect("no deadlock");
}

#[tokio::test]
async fn hydrating_fetches_the_keys_of_all_issuers() {
    let server = KeyServer::default();
    let two = || builder().user_pool(OTHER_POOL).any_client();
    let urls = |region: &str, pool: &str| {
        ["", "issuer-"]
            .map(|prefix| format!("https://{prefix}cognito-idp.{region}.amazonaws.com/{pool}/.well-known/jwks.json"))
    };
    server.reply(POOL, Reply::Status(500));
    server.reply(OTHER_POOL, Reply::Keys(MockPool::new(OTHER_POOL).keys()));
    let verifier = two().build(&server.client()).expect("a verifier");
    assert_eq!(reason(verifier.hydrate().await), Some(VerifyReason::KeysUnavailable));
    let other = MockPool::new(OTHER_POOL).id_token("any").mint();
    verifier.id_token_cached(&other).expect("keys of the other pool");
    assert_eq!(server.requests(), [urls("eu-west-1", POOL), urls("us-east-1", OTHER_POOL)].concat());
    server.reply(POOL, keys());
    server.advance(Duration::from_secs(1));
    verifier.hydrate().await.expect("keys");
    verifier.access_token_cached(&token()).expect("keys");
    verifier.hydrate().await.expect("keys");
    assert_eq!(server.requests().len(), 6);

    let verifier = two().replica_region("us-west-2").build(&server.blocking_client()).expect("a verifier");
    verifier.hydrate().expect("keys");
    assert_eq!(server.requests().len(), 12);
    for prefix in ["", "issuer-"] {
        let replica = MockPool::new(OTHER_POOL)
            .issuer(format!("https://{prefix}cognito-idp.us-west-2.amazonaws.com/{OTHER_POOL}"));
        verifier.id_token_cached(&replica.id_token("any").mint()).expect("keys of the replica");
    }
    assert_eq!(server.requests().len(), 12);
}

#[tokio::test]
async fn settings_that_would_be_ambiguous_are_refused() {
    let server = KeyServer::default();
    let refused = |builder: VerifierBuilder| {
        let error = builder.build(&server.client()).expect_err("a wrong setting");
        assert_eq!((error.reason(), error.fault()), (VerifyReason::Misconfigured, Fault::Caller), "{error}");
    };
    refused(builder().user_pool(POOL).any_client().issuer("http://127.0.0.1:9229/pool"));
    refused(builder().issuer("http://127.0.0.1:9229/pool").replica_region("us-west-2"));
    refused(builder().replica_region("eu-west-1"));
    refused(builder().client_id("1example 23456789"));

    // If this time counted as the Unix epoch, expired tokens would be accepted.
    let before = || SystemTime::UNIX_EPOCH - Duration::from_secs(1);
    let verifier = builder().clock(before).build_offline().expect("a verifier");
    verifier.cache_keys(POOL, MockPool::new(POOL).keys()).expect("keys");
    let error = verifier.access_token_cached(&token()).expect_err("a wrong clock");
    assert_eq!((error.reason(), error.fault()), (VerifyReason::Misconfigured, Fault::Caller), "{error}");
}

#[tokio::test]
async fn issuers_of_a_pool_have_keys_of_their_own() {
    let server = KeyServer::default();
    server.reply(POOL, keys());
    let verifier = builder().replica_region("us-west-2").build(&server.client()).expect("a verifier");
    for (host, requests) in [
        ("cognito-idp.eu-west-1", 1),
        ("issuer-cognito-idp.eu-west-1", 2),
        ("cognito-idp.us-west-2", 3),
        ("issuer-cognito-idp.us-west-2", 4),
    ] {
        let pool = MockPool::new(POOL).issuer(format!("https://{host}.amazonaws.com/{POOL}"));
        let token = pool.access_token(CLIENT).mint();
        let accepted = verifier.access_token(&token).await.expect("a valid token");
        assert_eq!(accepted.user_pool(), POOL);
        assert_eq!(server.requests().len(), requests);
        assert_eq!(server.requests().pop(), Some(format!("https://{host}.amazonaws.com/{POOL}/.well-known/jwks.json")));
    }
    let other = MockPool::new(POOL).issuer(format!("https://cognito-idp.us-east-1.amazonaws.com/{POOL}"));
    let error = verifier.access_token(&other.access_token(CLIENT).mint()).await.expect_err("another region");
    assert_eq!(error.reason(), VerifyReason::Issuer);
    assert_eq!(server.requests().len(), 4);
}

#[tokio::test]
async fn keys_that_are_handed_in_wake_the_calls_that_wait() {
    let server = KeyServer::default();
    server.reply(POOL, Reply::Hang);
    let verifier = builder().build(&server.client()).expect("a verifier");
    let call = |token: String| {
        let verifier = verifier.clone();
        tokio::spawn(async move { verifier.access_token(&token).await })
    };
    let fetching = call(token());
    tokio::task::yield_now().await;
    let (known, unknown) = (call(token()), call(token_with_key("new")));
    tokio::task::yield_now().await;
    verifier.cache_keys(POOL, MockPool::new(POOL).keys()).expect("keys");
    known.await.expect("no panic").expect("a valid token");
    tokio::task::yield_now().await;
    assert!(!unknown.is_finished(), "it waits for the fetch");
    assert_eq!(server.requests().len(), 1);
    server.reply(POOL, keys_with("new"));
    unknown.await.expect("no panic").expect("a valid token");
    fetching.await.expect("no panic").expect("the key that was handed in");

    let error = verifier.cache_keys(OTHER_POOL, MockPool::new(POOL).keys()).expect_err("another pool");
    assert_eq!((error.reason(), error.status().as_u16()), (VerifyReason::Misconfigured, 500));
    let error = verifier.cache_keys(POOL, "{}").expect_err("no keys");
    assert_eq!(error.reason(), VerifyReason::Misconfigured);
    verifier.access_token_cached(&token_with_key("new")).expect("the keys are kept");

    let server = KeyServer::default();
    server.reply(POOL, Reply::Hang);
    let verifier = builder().build(&server.blocking_client()).expect("a verifier");
    thread::scope(|scope| {
        scope.spawn(|| verifier.access_token(&token()));
        server.wait_for(1);
        let waiting = scope.spawn(|| verifier.access_token(&token()).map(drop));
        thread::sleep(Duration::from_millis(20));
        verifier.cache_keys(POOL, MockPool::new(POOL).keys()).expect("keys");
        waiting.join().expect("no panic").expect("a valid token");
        server.reply(POOL, keys());
    });
}

/// The transport ignores timeouts. Another call gives up the fetch, whose late response has no effect.
#[test]
fn a_fetch_that_hangs_is_given_up() {
    let held = || Reply::Held(MockPool::new(POOL).keys().replace(&format!("{POOL}-access"), "old"));
    let server = KeyServer::default();
    server.reply(POOL, held());
    let verifier = builder().build(&server.blocking_client()).expect("a verifier");
    thread::scope(|scope| {
        let hanging = scope.spawn(|| verifier.access_token(&token()).map(drop));
        server.wait_for(1);
        let waiting = scope.spawn(|| verifier.access_token(&token()).map(drop));
        thread::sleep(Duration::from_millis(20));
        server.reply(POOL, keys());
        server.advance(Duration::from_secs(6));
        thread::sleep(Duration::from_millis(1500));
        assert_eq!(server.requests().len(), 1);
        // Waiting threads give up the fetch, without a new call.
        server.advance(Duration::from_secs(1));
        waiting.join().expect("no panic").expect("a valid token");
        assert_eq!(server.requests().len(), 2);
        server.release();
        hanging.join().expect("no panic").expect("a valid token");
    });
    verifier.access_token_cached(&token()).expect("the newer keys");
    assert_eq!(reason(verifier.access_token_cached(&token_with_key("old"))), Some(VerifyReason::UnknownKey));
    assert_eq!(server.requests().len(), 2);

    // The same for a fetch in the background, whose thread hangs.
    let server = KeyServer::default();
    server.reply(POOL, keys());
    let verifier = builder().build(&server.blocking_client()).expect("a verifier");
    verifier.access_token(&token()).expect("a valid token");
    server.advance(DAY);
    server.reply(POOL, held());
    for seconds in [0, 0, 6] {
        server.advance(Duration::from_secs(seconds));
        verifier.access_token(&token()).expect("a valid token");
        server.wait_for(2);
    }
    assert_eq!(server.requests().len(), 2);
    server.reply(POOL, keys_with("new"));
    server.advance(Duration::from_secs(1));
    verifier.access_token(&token()).expect("a valid token");
    server.wait_for(3);
    let new = token_with_key("new");
    while verifier.access_token_cached(&new).is_err() {
        thread::sleep(Duration::from_millis(10));
    }
    server.release();
    thread::sleep(Duration::from_millis(100));
    verifier.access_token_cached(&new).expect("the newer keys");
    assert_eq!(server.requests().len(), 3);
}

/// The clock of the transport stops while a machine is suspended, for example between the events of a Lambda function.
#[tokio::test]
async fn keys_age_while_the_machine_is_suspended() {
    let server = KeyServer::default();
    server.reply(POOL, keys());
    let time_of_day = Arc::new(Mutex::new(SystemTime::UNIX_EPOCH));
    let suspend = |time: Duration| *time_of_day.lock().expect("no panic") += time;
    let read = Arc::clone(&time_of_day);
    let clock = move || *read.lock().expect("no panic");
    let token = MockPool::new(POOL).access_token(CLIENT).expires_at(SystemTime::UNIX_EPOCH + 100 * DAY);
    let (token, new) = (token.mint(), token.header("kid", "new").mint());
    let verifier = builder().clock(clock.clone()).build(&server.client()).expect("a verifier");
    verifier.access_token(&token).await.expect("a valid token");
    server.reply(POOL, keys_with("new"));
    assert_eq!(reason(verifier.access_token(&new).await), Some(VerifyReason::UnknownKey));
    suspend(Duration::from_secs(10));
    verifier.access_token(&new).await.expect("a key that was fetched after a rotation");
    suspend(DAY);
    verifier.access_token(&new).await.expect("a valid token");
    assert_eq!(server.requests().len(), 3);
    suspend(7 * DAY);
    server.reply(POOL, Reply::Status(500));
    assert_eq!(reason(verifier.access_token_cached(&new)), Some(VerifyReason::KeysNotCached));
    assert_eq!(reason(verifier.access_token(&new).await), Some(VerifyReason::KeysUnavailable));

    // The machine is suspended during a fetch.
    suspend(Duration::from_secs(10));
    server.reply(POOL, Reply::Held(MockPool::new(POOL).keys()));
    assert!(verifier.access_token(&token).now_or_never().is_none());
    suspend(HOUR);
    server.reply(POOL, keys());
    verifier.access_token(&token).now_or_never().expect("no wait").expect("a valid token");

    // The keys of an offline verifier do not age.
    let verifier = builder().clock(clock).build_offline().expect("a verifier");
    verifier.cache_keys(POOL, MockPool::new(POOL).keys()).expect("keys");
    suspend(30 * DAY);
    verifier.access_token_cached(&token).expect("a valid token");
}

#[tokio::test]
async fn a_failed_fetch_in_the_background_can_be_noticed() {
    let server = KeyServer::default();
    server.reply(POOL, keys());
    let verifier = builder().replica_region("us-west-2").build(&server.client()).expect("a verifier");
    verifier.access_token(&token()).await.expect("a valid token");
    assert!(verifier.last_failure().is_none());
    server.advance(DAY);
    server.reply(POOL, Reply::Status(500));
    verifier.access_token(&token()).await.expect("the cached keys");
    let error = verifier.last_failure().expect("a failure");
    assert_eq!((error.reason(), error.status().as_u16()), (VerifyReason::KeysUnavailable, 503));
    assert!(error.to_string().ends_with("status 500"), "{error}");
    server.reply(POOL, keys());
    server.advance(Duration::from_mins(1));
    verifier.access_token(&token()).await.expect("a valid token");
    assert!(verifier.last_failure().is_none());

    // Most pools have no updated issuer, so a failed fetch of its keys is not reported.
    server.reply(POOL, Reply::Status(404));
    let of = |host: &str| MockPool::new(POOL).issuer(format!("https://{host}.amazonaws.com/{POOL}"));
    let updated = of("issuer-cognito-idp.eu-west-1").access_token(CLIENT).mint();
    assert_eq!(reason(verifier.access_token(&updated).await), Some(VerifyReason::KeysUnavailable));
    assert!(verifier.last_failure().is_none());
    let replica = of("cognito-idp.us-west-2").access_token(CLIENT).mint();
    assert_eq!(reason(verifier.access_token(&replica).await), Some(VerifyReason::KeysUnavailable));
    assert!(verifier.last_failure().is_some());
    verifier.cache_keys(POOL, MockPool::new(POOL).keys()).expect("keys");
    assert!(verifier.last_failure().is_none());
}

/// Forged tokens of one issuer do not delay a fetch of the keys of another issuer.
#[tokio::test]
async fn unknown_key_ids_are_counted_for_each_issuer() {
    let server = KeyServer::default();
    server.reply(POOL, keys());
    let verifier = builder().replica_region("us-west-2").build(&server.client()).expect("a verifier");
    let replica = MockPool::new(POOL).issuer(format!("https://cognito-idp.us-west-2.amazonaws.com/{POOL}"));
    let of_replica = |kid: &str| replica.access_token(CLIENT).header("kid", kid).mint();
    verifier.hydrate().await.expect("keys");
    server.advance(Duration::from_secs(10));
    let before = server.requests().len();
    for attempt in 0..20 {
        let forged = token_with_key(&format!("forged-{attempt}"));
        assert_eq!(reason(verifier.access_token(&forged).await), Some(VerifyReason::UnknownKey));
    }
    assert_eq!(server.requests().len(), before + 1);
    server.reply(POOL, keys_with("new"));
    verifier.access_token(&of_replica("new")).await.expect("a key that was fetched after a rotation");
    assert_eq!(server.requests().len(), before + 2);
}

/// The clock of a verifier can verify tokens with the same verifier, without a deadlock.
#[test]
fn a_clock_can_use_the_verifier() {
    let (done, ended) = mpsc::channel();
    thread::spawn(move || {
        let slot: Arc<Mutex<Option<Verifier<blocking::Client>>>> = Arc::default();
        let server = KeyServer::default();
        server.reply(POOL, keys());
        let read = Arc::clone(&slot);
        let clock = move || {
            let verifier = read.lock().unwrap_or_else(PoisonError::into_inner).take();
            if let Some(verifier) = verifier {
                verifier.access_token_cached(&token()).expect("a valid token");
            }
            SystemTime::UNIX_EPOCH
        };
        let builder = Verifier::builder().user_pool(POOL).client_id(CLIENT).clock(clock);
        let verifier = builder.build(&server.blocking_client()).expect("a verifier");
        verifier.hydrate().expect("keys");
        *slot.lock().expect("no panic") = Some(verifier.clone());
        verifier.access_token(&token()).expect("a valid token");
        done.send(()).expect("a receiver");
    });
    ended.recv_timeout(Duration::from_secs(10)).expect("no deadlock");
}
