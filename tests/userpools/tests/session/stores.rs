//! Stores that fail, programs that crash, and several processes with one store.

use crate::fake_service::{Behavior, FakeService};
use crate::{HOUR, MINUTE, access_token, blocking_builder, builder, now, reason, services, signed_in};
use cognito_op::transport::BoxFuture;
use cognito_userpools::session::{
    BlockingSessionStore, FileStore, MemoryStore, SavedSession, Session, SessionError, SessionState, SessionStore,
    SignedOut, StoreError,
};
use cognito_userpools::sign_in::UnverifiedClaims;
use futures_util::FutureExt as _;
use std::future::{pending, ready};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// The faults of a store.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Fault {
    #[default]
    None,
    /// Every method fails.
    Fails,
    FailsToSave,
    FailsToClear,
    /// The program ends before (`EndsBefore`) or after (`EndsAfter`) a session is saved.
    EndsBefore,
    EndsAfter,
    Panics,
}

#[derive(Clone, Default)]
struct Faulty {
    kept: MemoryStore,
    fault: Arc<Mutex<Fault>>,
    loads: Arc<Mutex<u32>>,
    saves: Arc<Mutex<u32>>,
}

impl Faulty {
    fn set(&self, fault: Fault) {
        *self.fault.lock().expect("no panic") = fault;
    }

    fn fault(&self) -> Fault {
        *self.fault.lock().expect("no panic")
    }

    fn loads(&self) -> u32 {
        *self.loads.lock().expect("no panic")
    }

    fn saves(&self) -> u32 {
        *self.saves.lock().expect("no panic")
    }

    fn kept(&self) -> Option<String> {
        let kept = BlockingSessionStore::load(&self.kept).expect("a store");
        kept.map(|saved| saved.tokens().access_token.clone())
    }

    fn outcome<T>(&self, faults: &[Fault], outcome: impl FnOnce() -> Result<T, StoreError>) -> Result<T, StoreError> {
        if faults.contains(&self.fault()) { Err("the disk is full".into()) } else { outcome() }
    }
}

impl SessionStore for Faulty {
    fn load(&self) -> BoxFuture<'_, Result<Option<SavedSession>, StoreError>> {
        *self.loads.lock().expect("no panic") += 1;
        Box::pin(ready(self.outcome(&[Fault::Fails], || BlockingSessionStore::load(&self.kept))))
    }

    fn save<'a>(&'a self, session: &'a SavedSession) -> BoxFuture<'a, Result<(), StoreError>> {
        *self.saves.lock().expect("no panic") += 1;
        match self.fault() {
            Fault::EndsBefore => Box::pin(pending()),
            Fault::Panics => panic!("a store with a fault"),
            fault => {
                let save = || BlockingSessionStore::save(&self.kept, session);
                let outcome = self.outcome(&[Fault::Fails, Fault::FailsToSave], save);
                if fault == Fault::EndsAfter { Box::pin(pending()) } else { Box::pin(ready(outcome)) }
            }
        }
    }

    fn clear(&self) -> BoxFuture<'_, Result<(), StoreError>> {
        let clear = || BlockingSessionStore::clear(&self.kept);
        Box::pin(ready(self.outcome(&[Fault::Fails, Fault::FailsToClear], clear)))
    }
}

/// Returns the claim `origin_jti`, which identifies the sign-in of an access token.
fn origin_of(token: &str) -> Option<serde_json::Value> {
    let claims = UnverifiedClaims::read(token).expect("claims");
    claims.get("origin_jti").cloned()
}

fn with(service: &FakeService, store: &Faulty) -> Session {
    builder(service).store(store.clone()).build()
}

#[test]
fn a_store_can_be_shared() {
    let (service, kept) = (FakeService::without_rotation(), MemoryStore::new());
    let store: Arc<dyn BlockingSessionStore> = Arc::new(kept.clone());
    let session = blocking_builder(&service).store(Arc::clone(&store)).build();
    session.sign_in(service.sign_in()).expect("it is saved");
    assert!(BlockingSessionStore::load(&kept).expect("a store").is_some());
    let restarted = blocking_builder(&service).store(store).build();
    assert!(service.accepts(&restarted.access_token().expect("a token")));
    restarted.sign_out().expect("it is revoked");
    assert_eq!(BlockingSessionStore::load(&kept).expect("a store"), None);
}

/// The program ends between the response and the use of the new tokens.
#[test]
fn a_crash_within_the_grace_period_keeps_the_session() {
    for service in [FakeService::without_rotation(), FakeService::rotating(60)] {
        for fault in [Fault::EndsBefore, Fault::EndsAfter, Fault::Panics] {
            let store = Faulty::default();
            signed_in(&service, with(&service, &store));
            for _ in 0..3 {
                service.advance(HOUR);
                let requests = service.count();
                store.set(fault);
                let session = with(&service, &store);
                if fault == Fault::Panics {
                    catch_unwind(AssertUnwindSafe(|| now(session.access_token()))).expect_err("a panic");
                } else {
                    let outcome = session.access_token().now_or_never();
                    assert!(outcome.is_none(), "tokens are saved before they are used");
                }
                drop(session);
                assert_eq!(service.count(), requests + 1);
                store.set(Fault::None);
                // Another process starts.
                service.advance(Duration::from_secs(50));
                assert!(service.accepts(&access_token(&with(&service, &store))), "{fault:?}");
                let expected = if fault == Fault::EndsAfter { 1 } else { 2 };
                assert_eq!(service.count(), requests + expected, "{fault:?}");
            }
        }
    }
}

/// After the grace period, or without one, the session ends if the new refresh token was not saved.
#[test]
fn a_crash_without_a_grace_period() {
    for (grace, fault, is_signed_in) in
        [(0, Fault::EndsBefore, false), (0, Fault::EndsAfter, true), (60, Fault::EndsBefore, false)]
    {
        let service = FakeService::rotating(grace);
        let store = Faulty::default();
        let session = signed_in(&service, with(&service, &store));
        service.advance(HOUR);
        store.set(fault);
        assert!(session.access_token().now_or_never().is_none());
        drop(session);
        store.set(Fault::None);
        service.advance(HOUR);
        let outcome = now(with(&service, &store).access_token());
        assert_eq!(reason(outcome), (!is_signed_in).then_some(SignedOut::Reused), "{grace} {fault:?}");
    }
}

/// A panic in the store does not lose new tokens. The next call saves them.
#[test]
fn a_panic_while_saving() {
    for service in services() {
        let store = Faulty::default();
        let session = signed_in(&service, with(&service, &store));
        service.advance(HOUR);
        store.set(Fault::Panics);
        catch_unwind(AssertUnwindSafe(|| now(session.access_token()))).expect_err("a panic");
        store.set(Fault::None);
        let token = access_token(&session);
        assert_eq!((service.accepts(&token), store.kept(), service.count()), (true, Some(token), 1));
    }
}

/// While new tokens are being saved, callers get the old ones, which are saved and still valid.
#[test]
fn tokens_are_not_used_before_they_are_saved() {
    let service = FakeService::rotating(0);
    let store = Faulty::default();
    let session = signed_in(&service, with(&service, &store));
    let first = access_token(&session);
    service.advance(56 * MINUTE);
    store.set(Fault::EndsBefore);
    let mut caller = Box::pin(session.access_token());
    assert!(caller.as_mut().now_or_never().is_none());
    assert_eq!((service.count(), access_token(&session), store.kept()), (1, first.clone(), Some(first)));
}

#[test]
fn a_save_that_fails_is_reported_and_repeated() {
    for service in services() {
        let store = Faulty::default();
        let session = signed_in(&service, with(&service, &store));
        let first = access_token(&session);
        assert!(session.store_failure().is_none());
        store.set(Fault::FailsToSave);
        service.advance(HOUR);
        let second = access_token(&session);
        assert!(service.accepts(&second), "the tokens are used");
        let failure = session.store_failure().expect("a failure");
        assert_eq!(failure.to_string(), "the store of the session failed: the disk is full");
        assert_eq!((store.kept(), session.state()), (Some(first.clone()), SessionState::Refreshed));
        for (seconds, saves) in [(0, 2), (29, 2), (1, 3), (29, 3), (1, 4)] {
            service.advance(Duration::from_secs(seconds));
            assert_eq!(access_token(&session), second);
            assert_eq!(store.saves(), saves, "{seconds}");
        }
        // The store still contains the old tokens. The next refresh uses the tokens in memory.
        service.advance(HOUR);
        let third = access_token(&session);
        assert_eq!((service.accepts(&third), store.kept()), (true, Some(first)));
        store.set(Fault::None);
        service.advance(30 * Duration::from_secs(1));
        access_token(&session);
        assert_eq!((store.kept(), session.store_failure().is_none()), (Some(third), true));
        assert_eq!(service.count(), 2);
    }
}

#[test]
fn a_sign_in_that_cannot_be_saved() {
    let service = FakeService::rotating(0);
    let store = Faulty::default();
    store.set(Fault::FailsToSave);
    let session = with(&service, &store);
    let outcome = now(session.sign_in(service.sign_in()));
    assert!(matches!(outcome, Err(SessionError::Store(_))), "{outcome:?}");
    for _ in 0..2 {
        assert!(service.accepts(&access_token(&session)));
        service.advance(HOUR);
    }
    assert_eq!(store.kept(), None);
    store.set(Fault::None);
    let token = access_token(&session);
    assert_eq!(store.kept(), Some(token));
}

#[test]
fn a_store_that_cannot_be_read() {
    for service in services() {
        let store = Faulty::default();
        let token = access_token(&signed_in(&service, with(&service, &store)));
        store.set(Fault::Fails);
        let session = with(&service, &store);
        for _ in 0..2 {
            let error = now(session.access_token()).expect_err("it is not known whether a user is signed in");
            assert!(error.is_transient() && matches!(error, SessionError::Store(_)), "{error:?}");
            now(session.refresh()).expect_err("it is not known whether a user is signed in");
        }
        assert_eq!(session.state(), SessionState::NotLoaded);
        service.advance(Duration::from_secs(1));
        store.set(Fault::None);
        assert_eq!((access_token(&session), session.state()), (token, SessionState::SignedIn));
        // The session has the tokens in memory after it has read them once.
        store.set(Fault::Fails);
        service.advance(HOUR);
        assert!(service.accepts(&access_token(&session)));
    }
}

#[test]
fn a_store_that_cannot_be_cleared() {
    let service = FakeService::rotating(0);
    let store = Faulty::default();
    let session = signed_in(&service, with(&service, &store));
    store.set(Fault::FailsToClear);
    let outcome = now(session.sign_out());
    assert!(matches!(outcome, Err(SessionError::Store(_))), "{outcome:?}");
    assert_eq!(service.requests().pop().expect("a request").0, "RevokeToken", "the tokens are revoked nevertheless");
    assert_eq!(reason(now(session.access_token())), Some(SignedOut::ByProgram));
    // If the tokens are revoked already, a sign-out still returns the error of the store.
    let other = with(&service, &Faulty { fault: Arc::clone(&store.fault), ..Faulty::default() });
    let other = signed_in(&service, other);
    service.advance(2 * HOUR);
    service.revoke_all();
    let outcome = now(other.sign_out_everywhere());
    assert!(matches!(outcome, Err(SessionError::Store(_))), "{outcome:?}");
    // After a restart, the service rejects the tokens that are still in the store.
    let restarted = with(&service, &store);
    service.advance(HOUR);
    assert_eq!(reason(now(restarted.access_token())), Some(SignedOut::Revoked));
}

/// Two processes take turns. Neither uses a refresh token that the other one has used.
#[test]
fn processes_share_a_store() {
    for service in services() {
        let store = Faulty::default();
        let one = signed_in(&service, with(&service, &store));
        let two = with(&service, &store);
        for turn in 0..20 {
            let (first, second) = if turn % 3 == 0 { (&one, &two) } else { (&two, &one) };
            let token = access_token(first);
            assert!(service.accepts(&token));
            assert_eq!(access_token(second), token);
            service.advance(HOUR);
        }
        assert_eq!(service.count(), 19);
        // One process signs out, and another user signs in.
        now(one.sign_out()).expect("it is revoked");
        service.advance(HOUR);
        assert_eq!(reason(now(two.access_token())), Some(SignedOut::Elsewhere));
        assert_eq!(two.state(), SessionState::SignedOut(SignedOut::Elsewhere));
        signed_in(&service, one.clone());
        assert!(service.accepts(&access_token(&one)));
    }
}

/// After each kind of sign-out, a session finds the new sign-in of another process.
#[test]
fn a_sign_in_of_another_process_is_found() {
    type SignOut = fn(&FakeService, &Session, &Session);
    for service in services() {
        for ask_for_refresh in [false, true] {
            let store = Faulty::default();
            let (one, two) = (with(&service, &store), with(&service, &store));
            let ways: [(SignedOut, SignOut); 4] = [
                (SignedOut::NotSignedIn, |_, _, _| {}),
                (SignedOut::ByProgram, |_, _, two| now(two.sign_out()).expect("it is revoked")),
                (SignedOut::Elsewhere, |_, one, two| {
                    now(one.sign_out()).expect("it is revoked");
                    drop(now(two.refresh()));
                }),
                (SignedOut::Revoked, |service, _, two| {
                    service.revoke_all();
                    drop(now(two.refresh()));
                }),
            ];
            for (expected, sign_out) in ways {
                sign_out(&service, &one, &two);
                assert_eq!(reason(now(two.access_token())), Some(expected));
                let token = access_token(&signed_in(&service, one.clone()));
                service.advance(Duration::from_secs(1));
                let requests = service.count();
                if ask_for_refresh {
                    assert_eq!(now(two.refresh()).expect("tokens").access_token, token, "{expected:?}");
                }
                assert_eq!(now(two.access_token()).ok(), Some(token), "{expected:?}");
                assert_eq!((two.state(), service.count()), (SessionState::SignedIn, requests), "{expected:?}");
            }
        }
    }
}

/// The tokens that another process has saved have expired meanwhile.
#[test]
fn an_old_sign_in_of_another_process_is_found() {
    for service in services() {
        let store = Faulty::default();
        let two = with(&service, &store);
        assert_eq!(reason(now(two.access_token())), Some(SignedOut::NotSignedIn));
        signed_in(&service, with(&service, &store));
        service.advance(2 * HOUR);
        assert!(service.accepts(&access_token(&two)));
        assert_eq!((two.state(), service.count()), (SessionState::Refreshed, 1));
    }
}

/// While no user is signed in, the store is read once a second. A failure of the store does not hide why the user is
/// signed out.
#[test]
fn a_store_that_is_empty_is_not_read_all_the_time() {
    let service = FakeService::without_rotation();
    let store = Faulty::default();
    let session = with(&service, &store);
    for second in 0..10 {
        if second == 5 {
            store.set(Fault::Fails);
        }
        for outcome in [now(session.access_token()).err(), now(session.refresh()).err()] {
            assert!(matches!(outcome, Some(SessionError::SignedOut(SignedOut::NotSignedIn))), "{outcome:?}");
        }
        assert_eq!(store.loads(), second + 1);
        service.advance(Duration::from_secs(1));
    }
    assert!(session.store_failure().is_some());
}

/// The service has rejected the tokens, and the store cannot be cleared. The tokens are not used again.
#[test]
fn tokens_that_were_refused_are_not_used_again() {
    for service in services() {
        let store = Faulty::default();
        let session = signed_in(&service, with(&service, &store));
        let late = with(&service, &store);
        store.set(Fault::FailsToClear);
        service.revoke_all();
        assert_eq!(reason(now(session.refresh())), Some(SignedOut::Revoked));
        now(late.sign_out()).expect_err("the store cannot be cleared");
        let requests = service.count();
        for _ in 0..3 {
            service.advance(HOUR);
            assert_eq!(reason(now(session.access_token())), Some(SignedOut::Revoked));
            assert_eq!(reason(now(late.access_token())), Some(SignedOut::ByProgram));
        }
        assert_eq!((service.count(), store.kept().is_some()), (requests, true));
        assert_eq!(session.state(), SessionState::SignedOut(SignedOut::Revoked));
    }
}

/// The service has rejected the tokens. Another process, which could not save them before, saves them afterwards.
#[test]
fn tokens_that_were_refused_are_not_used_if_they_are_saved_again() {
    for service in services() {
        let store = Faulty::default();
        let session = signed_in(&service, with(&service, &store));
        let refused = SavedSession::new(now(session.tokens()).expect("tokens"), (service.clock())());
        service.revoke_all();
        assert_eq!(reason(now(session.refresh())), Some(SignedOut::Revoked));
        BlockingSessionStore::save(&store.kept, &refused).expect("a store");
        service.advance(Duration::from_secs(1));
        assert_eq!(reason(now(session.access_token())), Some(SignedOut::Revoked));
        // The tokens of a new sign-in are used.
        let token = access_token(&signed_in(&service, with(&service, &store)));
        service.advance(Duration::from_secs(1));
        assert_eq!(access_token(&session), token);
    }
}

/// The program signs the user out, and the refresh of another process ends after that. Its tokens come from the sign-in
/// that the program has ended.
#[test]
fn a_late_refresh_does_not_undo_a_sign_out() {
    for service in services() {
        for everywhere in [false, true] {
            let store = Faulty::default();
            let (one, two) = (signed_in(&service, with(&service, &store)), with(&service, &store));
            access_token(&two);
            let tokens = now(one.refresh()).expect("tokens");
            let outcome = if everywhere { now(two.sign_out_everywhere()) } else { now(two.sign_out()) };
            outcome.expect("they are revoked");
            let late = SavedSession::new(tokens, (service.clock())());
            BlockingSessionStore::save(&store.kept, &late).expect("a store");
            service.advance(Duration::from_secs(1));
            assert_eq!(reason(now(two.access_token())), Some(SignedOut::ByProgram));
            // The tokens of a new sign-in are used.
            let token = access_token(&signed_in(&service, one));
            service.advance(Duration::from_secs(1));
            assert_eq!(access_token(&two), token);
        }
    }
}

/// The program ends or replaces a sign-in, or the service rejects its tokens. After the user has signed in again,
/// another process saves tokens of the first sign-in. The session keeps the tokens of the new sign-in.
#[test]
fn a_late_refresh_does_not_replace_a_new_sign_in() {
    type End = fn(&FakeService, &Session);
    let ends: [End; 4] = [
        |_, session| now(session.sign_out()).expect("it is revoked"),
        |_, session| now(session.sign_out_everywhere()).expect("it is revoked"),
        |service, session| {
            service.revoke_all();
            assert_eq!(reason(now(session.refresh())), Some(SignedOut::Revoked));
        },
        |_, _| {},
    ];
    for service in services() {
        for (number, end) in ends.into_iter().enumerate() {
            let store = Faulty::default();
            let session = signed_in(&service, with(&service, &store));
            let late = SavedSession::new(now(session.tokens()).expect("tokens"), (service.clock())());
            end(&service, &session);
            // Another process signs in first, then this session. It still ignores the late tokens.
            let other = signed_in(&service, with(&service, &store));
            service.advance(Duration::from_secs(1));
            access_token(&session);
            signed_in(&service, session.clone());
            let origin = origin_of(&access_token(&session));
            for time in [HOUR, Duration::ZERO] {
                BlockingSessionStore::save(&store.kept, &late).expect("a store");
                service.advance(time);
                let tokens = now(session.refresh()).expect("tokens");
                assert_eq!(origin_of(&tokens.access_token), origin, "{number}");
                assert!(service.accepts(&tokens.access_token), "{number}");
                assert_eq!(store.kept(), Some(tokens.access_token), "{number}: the session is saved again");
            }
            assert_eq!(origin_of(&now(other.refresh()).expect("tokens").access_token), origin, "{number}");
            // After the service has signed the user out, the session does not use the late tokens.
            service.revoke_all();
            BlockingSessionStore::save(&store.kept, &late).expect("a store");
            assert_eq!(reason(now(session.refresh())), Some(SignedOut::Revoked), "{number}");
            assert_eq!(store.kept(), None, "{number}");
        }
    }
}

/// The program calls `sign_in` with tokens of a sign-in that it has replaced. The session then uses later tokens of
/// this sign-in, which another process has saved.
#[test]
fn a_replaced_sign_in_can_be_used_again() {
    let service = FakeService::without_rotation();
    let store = Faulty::default();
    let (one, two) = (signed_in(&service, with(&service, &store)), with(&service, &store));
    let tokens = now(one.tokens()).expect("tokens");
    signed_in(&service, one.clone());
    now(one.sign_in(tokens)).expect("it is saved");
    service.advance(HOUR);
    let token = access_token(&two);
    assert_eq!(access_token(&one), token, "the refresh of the other process is used");
    assert_eq!(service.count(), 1);
}

/// Two processes refresh at the same time. The later one finds the tokens of the earlier one.
#[test]
fn processes_refresh_at_the_same_time() {
    let service = FakeService::rotating(0);
    let store = Faulty::default();
    let one = signed_in(&service, with(&service, &store));
    let two = with(&service, &store);
    access_token(&two);
    service.advance(HOUR);
    service.behavior(Behavior::Hang);
    let (mut first, mut second) = (pin!(one.access_token()), pin!(two.access_token()));
    assert!(first.as_mut().now_or_never().is_none() && second.as_mut().now_or_never().is_none());
    service.behavior(Behavior::Normal);
    let token = now(first).expect("a token");
    assert_eq!(now(second).expect("the token of the other"), token);
    assert_eq!(two.state(), SessionState::Refreshed);
}

/// The outcome of a refresh is unknown, and another process has refreshed meanwhile. The session uses the tokens of
/// that process, and does not send the replaced refresh token again.
#[test]
fn a_refresh_with_an_unknown_outcome_during_another_refresh() {
    for service in services() {
        let store = Faulty::default();
        let one = signed_in(&service, with(&service, &store));
        let two = with(&service, &store);
        service.advance(HOUR);
        service.behavior(Behavior::Hang);
        let mut first = pin!(one.access_token());
        assert!(first.as_mut().now_or_never().is_none());
        service.behavior(Behavior::Normal);
        let token = access_token(&two);
        service.behavior(Behavior::Fails("InternalErrorException", ""));
        assert_eq!(now(first).expect("the token of the other"), token);
        assert_eq!(service.count(), 2);
    }
}

/// The tokens of a process expire, and it has no refresh token. Meanwhile, the user has signed in with another process.
#[test]
fn another_process_signs_in_again() {
    let service = FakeService::without_rotation();
    let store = Faulty::default();
    let mut tokens = service.sign_in();
    tokens.refresh_token = None;
    let one = with(&service, &store);
    now(one.sign_in(tokens)).expect("it is saved");
    service.advance(30 * MINUTE);
    let token = access_token(&signed_in(&service, with(&service, &store)));
    service.advance(30 * MINUTE);
    assert_eq!(access_token(&one), token);
    assert_eq!(store.kept(), Some(token), "the store is not cleared");
}

/// A sign-out revokes the current refresh token, which another process has saved.
#[test]
fn a_sign_out_after_the_refresh_of_another_process() {
    for service in services() {
        let store = Faulty::default();
        let one = signed_in(&service, with(&service, &store));
        service.advance(HOUR);
        let tokens = now(with(&service, &store).tokens()).expect("tokens");
        now(one.sign_out()).expect("it is revoked");
        let (operation, body) = service.requests().pop().expect("a request");
        assert_eq!((operation.as_str(), body["Token"].as_str()), ("RevokeToken", tokens.refresh_token.as_deref()));
        assert_eq!((service.count(), store.kept()), (2, None));
    }
}

/// Another process has replaced the session with that of a new sign-in. A sign-out ends both.
#[test]
fn a_sign_out_after_the_sign_in_of_another_process() {
    for service in services() {
        for everywhere in [false, true] {
            let store = Faulty::default();
            let (one, two) = (with(&service, &store), with(&service, &store));
            let sessions = [&one, &two].map(|session| {
                now(session.sign_in(service.sign_in())).expect("it is saved");
                access_token(session)
            });
            let outcome = if everywhere { now(one.sign_out_everywhere()) } else { now(one.sign_out()) };
            outcome.expect("they are revoked");
            assert_eq!(sessions.map(|token| service.accepts(&token)), [false, false], "{everywhere}");
            assert_eq!(store.kept(), None);
        }
    }
}

/// A folder that is removed at the end of the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("cognito-op-session-{}-{name}", std::process::id()));
        drop(std::fs::remove_dir_all(&folder));
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

#[tokio::test]
async fn sessions_in_a_file() {
    for service in services() {
        let folder = Folder::new("file");
        let store = FileStore::new(folder.0.join("sub/session.json"));
        let session = builder(&service).store(store.clone()).build();
        session.sign_in(service.sign_in()).await.expect("a file");
        for _ in 0..3 {
            service.advance(HOUR);
            let token = builder(&service).store(store.clone()).build().access_token().await.expect("a token");
            let blocking = blocking_builder(&service).store(store.clone()).build();
            assert_eq!(blocking.access_token().expect("the same token"), token);
            service.advance(HOUR);
            assert!(service.accepts(&blocking.access_token().expect("a token")));
        }
        assert_eq!(service.count(), 6);
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt as _;
            let mode = std::fs::metadata(store.path()).expect("a file").mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        session.sign_out().await.expect("it is revoked");
        assert!(!store.path().exists());
        let restarted = builder(&service).store(store).build();
        assert_eq!(reason(restarted.access_token().await), Some(SignedOut::NotSignedIn));
    }
}

/// Reading a file that contains no session is an error. The file is not overwritten until the user signs in.
#[tokio::test]
async fn a_file_that_is_no_session() {
    let service = FakeService::rotating(0);
    let folder = Folder::new("broken");
    std::fs::create_dir_all(&folder.0).expect("a folder");
    let store = FileStore::new(folder.0.join("session.json"));
    std::fs::write(store.path(), "canary").expect("a file");
    let session = builder(&service).store(store.clone()).build();
    let error = session.access_token().await.expect_err("it cannot be read");
    assert!(matches!(error, SessionError::Store(_)), "{error:?}");
    assert!(!format!("{error} {error:?}").contains("canary"), "{error:?}");
    assert!(error.to_string().contains("session.json: not a saved session"), "{error}");
    assert_eq!(std::fs::read_to_string(store.path()).expect("a file"), "canary");
    session.sign_in(service.sign_in()).await.expect("it is replaced");
    assert!(service.accepts(&session.access_token().await.expect("a token")));
}
