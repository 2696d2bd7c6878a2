//! Concurrent callers, cancelled callers, and panics.

use crate::fake_service::{Behavior, FakeService};
use crate::{HOUR, MINUTE, access_token, blocking_session, builder, now, services, session, signed_in};
use cognito_op::transport::BoxFuture;
use cognito_userpools::session::Session;
use futures_util::FutureExt as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::{Arc, Mutex, mpsc};
use std::thread;
use std::time::Duration;

#[test]
fn futures_can_move_between_threads() {
    fn assert_send<T: Send>(value: T) -> T {
        value
    }
    let session = session(&FakeService::without_rotation());
    now(assert_send(session.access_token())).expect("a token");
    now(assert_send(session.tokens())).expect("tokens");
    now(assert_send(session.sign_out())).expect("it is revoked");
    let mut watch = assert_send(session.watch());
    drop(assert_send(watch.changed()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_tasks_share_one_refresh() {
    for service in services() {
        let session = session(&service);
        service.advance(HOUR);
        service.behavior(Behavior::Hang);
        let tasks: Vec<_> = (0..1000)
            .map(|_| {
                let session = session.clone();
                tokio::spawn(async move { session.access_token().await })
            })
            .collect();
        tokio::task::spawn_blocking({
            let service = service.clone();
            move || service.wait_for(1)
        })
        .await
        .expect("no panic");
        assert!(tasks.iter().all(|task| !task.is_finished()));
        service.behavior(Behavior::Normal);
        let expected = session.access_token().await.expect("a token");
        for task in tasks {
            assert_eq!(task.await.expect("no panic").expect("a token"), expected);
        }
        assert!(service.accepts(&expected));
        assert_eq!(service.count(), 1);
    }
}

#[test]
fn sixty_four_threads_share_one_refresh() {
    for service in services() {
        let session = blocking_session(&service);
        service.advance(HOUR);
        service.behavior(Behavior::Hang);
        thread::scope(|scope| {
            let threads: Vec<_> = (0..64).map(|_| scope.spawn(|| session.access_token())).collect();
            service.wait_for(1);
            thread::sleep(Duration::from_millis(50));
            assert!(threads.iter().all(|thread| !thread.is_finished()));
            service.behavior(Behavior::Normal);
            for thread in threads {
                let token = thread.join().expect("no panic").expect("a token");
                assert!(service.accepts(&token));
            }
        });
        assert_eq!(service.count(), 1);
    }
}

/// One caller waits for the refresh, and the others use the token that is still valid.
#[test]
fn tokens_are_refreshed_ahead_of_their_expiry() {
    for service in services() {
        let session = session(&service);
        let first = access_token(&session);
        service.advance(54 * MINUTE);
        assert_eq!((access_token(&session), service.count()), (first.clone(), 0));
        service.advance(MINUTE);
        service.behavior(Behavior::Hang);
        let mut waits = pin!(session.access_token());
        assert!(waits.as_mut().now_or_never().is_none());
        for _ in 0..100 {
            assert_eq!(access_token(&session), first);
        }
        service.behavior(Behavior::Normal);
        let second = now(waits).expect("a token");
        assert_ne!(second, first);
        assert_eq!((access_token(&session), service.count()), (second, 1));
    }
}

#[test]
fn threads_use_the_valid_token_meanwhile() {
    let service = FakeService::rotating(0);
    let session = blocking_session(&service);
    let first = session.access_token().expect("a token");
    service.advance(56 * MINUTE);
    service.behavior(Behavior::Hang);
    thread::scope(|scope| {
        let waits = scope.spawn(|| session.access_token().expect("a token"));
        service.wait_for(1);
        assert_eq!(session.access_token().expect("a token"), first);
        service.behavior(Behavior::Normal);
        assert_ne!(waits.join().expect("no panic"), first);
    });
}

#[test]
fn a_caller_that_is_cancelled_does_not_cancel_the_others() {
    for service in services() {
        let session = session(&service);
        service.advance(HOUR);
        service.behavior(Behavior::Hang);
        let mut first = Box::pin(session.access_token());
        assert!(first.as_mut().now_or_never().is_none());
        let mut second = pin!(session.access_token());
        assert!(second.as_mut().now_or_never().is_none());
        drop(first);
        service.behavior(Behavior::Normal);
        let token = now(second).expect("a token");
        assert_eq!((service.accepts(&token), service.count()), (true, 1));
    }
}

/// The only caller is cancelled. The next one continues with the same request.
#[test]
fn a_refresh_outlives_its_caller() {
    for service in services() {
        let session = session(&service);
        for (time, requests) in [(HOUR, 1), (56 * MINUTE, 2)] {
            service.advance(time);
            service.behavior(Behavior::Hang);
            assert!(session.access_token().now_or_never().is_none());
            service.behavior(Behavior::Normal);
            let token = access_token(&session);
            assert_eq!((service.accepts(&token), service.count()), (true, requests));
        }
    }
}

/// With a function that runs futures in the background, no caller waits for a refresh before the tokens expire.
#[test]
fn a_refresh_in_the_background() {
    type Spawned = Arc<Mutex<Vec<BoxFuture<'static, ()>>>>;
    let service = FakeService::rotating(0);
    let spawned = Spawned::default();
    let spawn = Arc::clone(&spawned);
    let spawn = move |future| spawn.lock().expect("no panic").push(future);
    let session = signed_in(&service, builder(&service).spawn(spawn).build());
    let mut background = std::mem::take(&mut *spawned.lock().expect("no panic"));
    let first = access_token(&session);
    service.advance(56 * MINUTE);
    assert_eq!((access_token(&session), service.count()), (first.clone(), 0));
    background.append(&mut spawned.lock().expect("no panic"));
    for future in background {
        now(future);
    }
    let second = access_token(&session);
    assert_eq!((second != first, service.count()), (true, 1));
    // If the future of the refresh is not polled in the background, a caller polls it after the tokens have expired.
    service.advance(HOUR);
    assert!(service.accepts(&access_token(&session)));
}

#[test]
fn a_session_survives_a_panic_in_the_transport() {
    for service in services() {
        let session = session(&service);
        service.advance(HOUR);
        service.behavior(Behavior::Panics);
        for _ in 0..3 {
            catch_unwind(AssertUnwindSafe(|| now(session.access_token()))).expect_err("a panic");
        }
        service.behavior(Behavior::Normal);
        assert!(service.accepts(&access_token(&session)));
    }
}

#[test]
fn a_refresh_that_the_program_asks_for() {
    for service in services() {
        let session = session(&service);
        let first = access_token(&session);
        service.behavior(Behavior::Hang);
        let mut waits = [pin!(session.refresh()), pin!(session.refresh())];
        for wait in &mut waits {
            assert!(wait.as_mut().now_or_never().is_none());
        }
        service.behavior(Behavior::Normal);
        for wait in waits {
            let tokens = now(wait).expect("tokens");
            assert_ne!(tokens.access_token, first);
            assert_eq!(tokens.expires_in, Some(HOUR));
            assert_eq!(tokens.access_token, access_token(&session));
        }
        assert_eq!(service.count(), 1);
        service.behavior(Behavior::Down);
        now(session.refresh()).expect_err("the network is down");
        assert!(service.accepts(&access_token(&session)), "the tokens are still valid");
    }
}

/// The refreshes of different sessions do not wait for each other.
#[test]
fn sessions_are_independent() {
    let service = FakeService::rotating(0);
    let sessions: Vec<Session> = (0..100).map(|_| session(&service)).collect();
    service.advance(HOUR);
    service.behavior(Behavior::Hang);
    let (sender, receiver) = mpsc::channel();
    let mut waits: Vec<_> = sessions.iter().map(|session| Box::pin(session.access_token())).collect();
    for wait in &mut waits {
        assert!(wait.as_mut().now_or_never().is_none());
    }
    service.behavior(Behavior::Normal);
    for wait in waits.into_iter().rev() {
        sender.send(now(wait).expect("a token")).expect("a receiver");
    }
    drop(sender);
    let tokens: std::collections::BTreeSet<String> = receiver.into_iter().collect();
    assert_eq!((tokens.len(), service.count()), (100, 100));
}
