//! Watching the state.

use crate::fake_service::FakeService;
use crate::{HOUR, access_token, blocking_builder, builder, now};
use cognito_userpools::session::{SessionState, SignedOut};
use futures_util::FutureExt as _;
use std::pin::pin;
use std::thread;

#[test]
fn changes_are_reported_in_order() {
    let service = FakeService::rotating(0);
    let session = builder(&service).build();
    let mut watch = session.watch();
    assert_eq!((session.state(), watch.state()), (SessionState::NotLoaded, SessionState::NotLoaded));
    assert_eq!(watch.changed().now_or_never(), None);
    drop(now(session.access_token()));
    let not_signed_in = SessionState::SignedOut(SignedOut::NotSignedIn);
    assert_eq!((now(watch.changed()), watch.state()), (Some(not_signed_in), not_signed_in));
    now(session.sign_in(service.sign_in())).expect("it is saved");
    assert_eq!(now(watch.changed()), Some(SessionState::SignedIn));
    for _ in 0..2 {
        service.advance(HOUR);
        access_token(&session);
        assert_eq!(now(watch.changed()), Some(SessionState::Refreshed));
    }
    assert_eq!(watch.changed().now_or_never(), None);
    service.revoke_all();
    service.advance(HOUR);
    drop(now(session.access_token()));
    assert_eq!(now(watch.changed()), Some(SessionState::SignedOut(SignedOut::Revoked)));
    now(session.sign_in(service.sign_in())).expect("it is saved");
    now(session.sign_out()).expect("it is revoked");
    assert_eq!(now(watch.changed()), Some(SessionState::SignedOut(SignedOut::ByProgram)), "only the last change");
    let clone = session.clone();
    drop(session);
    assert_eq!(watch.changed().now_or_never(), None);
    drop(clone);
    assert_eq!(now(watch.changed()), None);
    assert_eq!(now(watch.changed()), None);
}

/// A change wakes all watches that wait, in tasks and in threads.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_wakes_tasks_and_threads() {
    let service = FakeService::rotating(0);
    let session = blocking_builder(&service).build();
    let tasks: Vec<_> = (0..10)
        .map(|_| {
            let mut watch = session.watch();
            tokio::spawn(async move { watch.changed().await })
        })
        .collect();
    let threads: Vec<_> = (0..10)
        .map(|_| {
            let mut watch = session.watch();
            thread::spawn(move || watch.changed_blocking())
        })
        .collect();
    session.sign_in(service.sign_in()).expect("it is saved");
    for task in tasks {
        assert_eq!(task.await.expect("no panic"), Some(SessionState::SignedIn));
    }
    for thread in threads {
        assert_eq!(thread.join().expect("no panic"), Some(SessionState::SignedIn));
    }
    let mut watch = session.watch();
    let mut changed = pin!(watch.changed());
    assert_eq!(changed.as_mut().now_or_never(), None);
    drop(session);
    assert_eq!(changed.await, None);
}
