//! The expiry of access and identity tokens, by the clock of the transport and the system clock, and after a restart.

use crate::fake_service::{Behavior, FakeService};
use crate::{HOUR, MINUTE, access_token, blocking_session, builder, now, reason, session, signed_in};
use cognito_userpools::session::{MemoryStore, SavedSession, Session, SessionStore, SignedOut};
use cognito_userpools::sign_in::Tokens;
use std::time::Duration;

fn restarted(service: &FakeService, store: &MemoryStore) -> Session {
    builder(service).store(store.clone()).build()
}

#[test]
fn a_restart_uses_the_tokens_until_they_expire() {
    let service = FakeService::rotating(0);
    let store = MemoryStore::new();
    let first = access_token(&signed_in(&service, restarted(&service, &store)));
    service.advance(54 * MINUTE);
    assert_eq!((access_token(&restarted(&service, &store)), service.count()), (first.clone(), 0));
    service.advance(MINUTE);
    let second = access_token(&restarted(&service, &store));
    assert_eq!((second != first, service.count()), (true, 1));
    assert_eq!((access_token(&restarted(&service, &store)), service.count()), (second, 1));
    // The refresh token is still in the store much later.
    service.advance(1000 * HOUR);
    assert!(service.accepts(&access_token(&restarted(&service, &store))));
}

/// The system clock is set back, also to a time before the tokens arrived.
#[test]
fn a_clock_that_is_set_back() {
    let service = FakeService::rotating(0);
    let store = MemoryStore::new();
    let session = signed_in(&service, restarted(&service, &store));
    let first = access_token(&session);
    service.advance(10 * MINUTE);
    service.set_back(10 * HOUR);
    assert_eq!((access_token(&session), service.count()), (first.clone(), 0));
    // Another process cannot determine the age of the tokens, so it refreshes them.
    let second = access_token(&restarted(&service, &store));
    assert_eq!((second != first, service.count()), (true, 1));
    // The first session knows the age. When its refresh is due, it finds the tokens of the other process.
    service.advance(45 * MINUTE);
    assert_eq!((access_token(&session), service.count()), (second.clone(), 1));
    service.set_back(20 * HOUR);
    service.behavior(Behavior::Down);
    assert_eq!(access_token(&restarted(&service, &store)), second, "it may be valid");
    service.behavior(Behavior::Normal);
    service.set_back(Duration::ZERO);
    service.advance(10 * MINUTE);
    assert!(service.accepts(&access_token(&session)));
}

#[test]
fn a_blocking_session_notices_the_expiry_by_the_other_clock() {
    let service = FakeService::without_rotation();
    let session = blocking_session(&service);
    let first = session.access_token().expect("a token");
    service.advance(HOUR);
    service.set_back(HOUR);
    assert_ne!(session.access_token().expect("a token"), first);
    assert_eq!(service.count(), 1);
}

/// The clock of a machine is slightly behind the clock of the machine that saved the tokens.
#[test]
fn clocks_that_differ_a_little() {
    let service = FakeService::rotating(0);
    let store = MemoryStore::new();
    signed_in(&service, restarted(&service, &store));
    service.set_back(4 * MINUTE);
    access_token(&restarted(&service, &store));
    assert_eq!(service.count(), 0);
}

#[test]
fn identity_tokens_can_have_another_lifetime() {
    let service = FakeService::without_rotation();
    service.lifetimes(24 * HOUR, 10 * MINUTE);
    let session = session(&service);
    let id = |session: &Session| now(session.id_token()).expect("tokens").expect("an identity token");
    let (first, access) = (id(&session), access_token(&session));
    service.advance(4 * MINUTE);
    assert_eq!((id(&session), service.count()), (first.clone(), 0));
    service.advance(MINUTE);
    assert_ne!(id(&session), first);
    assert_eq!(service.count(), 1);
    service.behavior(Behavior::Down);
    service.advance(HOUR);
    now(session.id_token()).expect_err("it has expired");
    now(session.tokens()).expect_err("one has expired");
    assert_ne!(access_token(&session), access, "it is valid for a day");
}

#[test]
fn lifetimes_of_tokens() {
    let service = FakeService::without_rotation();
    let arrived = (service.clock())();
    let lifetime =
        |tokens: Tokens| SavedSession::new(tokens, arrived).expires_at().duration_since(arrived).expect("later");
    let mut tokens = service.sign_in();
    assert_eq!(lifetime(tokens.clone()), HOUR);
    tokens.expires_in = Some(10 * MINUTE);
    assert_eq!(lifetime(tokens.clone()), 10 * MINUTE);
    tokens.expires_in = None;
    assert_eq!(lifetime(tokens), HOUR, "according to the claims");
    assert_eq!(lifetime(Tokens::new("opaque")), 5 * MINUTE);
    let mut tokens = Tokens::new("opaque");
    tokens.expires_in = Some(Duration::ZERO);
    assert_eq!(lifetime(tokens.clone()), MINUTE, "a shorter lifetime would cause a refresh for each call");
    tokens.expires_in = Some(Duration::MAX);
    assert_eq!(SavedSession::new(tokens, arrived).expires_at(), arrived, "the time cannot be represented");
}

/// Tokens that expire immediately do not cause a request for each call.
#[test]
fn tokens_that_expire_at_once() {
    let service = FakeService::rotating(0);
    service.lifetimes(Duration::ZERO, Duration::ZERO);
    let session = session(&service);
    for _ in 0..100 {
        access_token(&session);
        service.advance(Duration::from_secs(1));
    }
    assert!((2..=4).contains(&service.count()), "{}", service.count());
}

#[test]
fn a_session_without_a_refresh_token() {
    let service = FakeService::without_rotation();
    let store = MemoryStore::new();
    let session = restarted(&service, &store);
    let mut tokens = service.sign_in();
    tokens.refresh_token = None;
    now(session.sign_in(tokens)).expect("it is saved");
    service.advance(59 * MINUTE);
    access_token(&session);
    assert_eq!(reason(now(session.refresh())), Some(SignedOut::NoRefreshToken));
    service.advance(MINUTE);
    assert_eq!(reason(now(session.access_token())), Some(SignedOut::NoRefreshToken));
    assert_eq!(now(SessionStore::load(&store)).expect("a store"), None);
    assert_eq!(service.count(), 0);
}

/// The identity token has expired, and there is no refresh token. The access token is still used.
#[test]
fn an_identity_token_that_cannot_be_replaced() {
    let service = FakeService::without_rotation();
    service.lifetimes(HOUR, 10 * MINUTE);
    let session = builder(&service).build();
    let mut tokens = service.sign_in();
    tokens.refresh_token = None;
    now(session.sign_in(tokens.clone())).expect("it is saved");
    service.advance(10 * MINUTE);
    assert_eq!(reason(now(session.id_token())), Some(SignedOut::NoRefreshToken));
    assert_eq!(reason(now(session.tokens())), Some(SignedOut::NoRefreshToken));
    assert_eq!(access_token(&session), tokens.access_token);
}

/// If the first call of a program is a refresh, the session reads the tokens from the store first.
#[test]
fn a_refresh_right_after_the_start() {
    for can_refresh in [true, false] {
        let service = FakeService::without_rotation();
        let store = MemoryStore::new();
        let mut tokens = service.sign_in();
        if !can_refresh {
            tokens.refresh_token = None;
        }
        now(restarted(&service, &store).sign_in(tokens.clone())).expect("it is saved");
        let outcome = now(restarted(&service, &store).refresh());
        assert_eq!(service.count(), usize::from(can_refresh));
        if can_refresh {
            assert_ne!(outcome.expect("tokens").access_token, tokens.access_token);
        } else {
            assert_eq!(reason(outcome), Some(SignedOut::NoRefreshToken));
        }
    }
}

#[test]
fn the_time_before_the_expiry_can_be_set() {
    let service = FakeService::without_rotation();
    for (ahead, expected) in [(Duration::ZERO, HOUR), (10 * MINUTE, 50 * MINUTE), (24 * HOUR, 30 * MINUTE)] {
        let session = signed_in(&service, builder(&service).refresh_ahead(ahead).build());
        let requests = service.count();
        let second = Duration::from_secs(1);
        service.advance(expected.saturating_sub(second));
        access_token(&session);
        assert_eq!(service.count(), requests, "{ahead:?}");
        service.advance(second);
        access_token(&session);
        assert_eq!(service.count(), requests + 1, "{ahead:?}");
    }
}
