//! Signing out.

use crate::fake_service::{Behavior, FakeService};
use crate::{HOUR, MINUTE, access_token, blocking_session, builder, now, reason, services, session, signed_in};
use cognito_userpools::session::{MemoryStore, SessionError, SessionState, SessionStore, SignedOut};
use futures_util::FutureExt as _;
use std::pin::pin;

#[test]
fn sign_out_revokes_this_session_only() {
    for service in services() {
        let store = MemoryStore::new();
        let session = signed_in(&service, builder(&service).store(store.clone()).build());
        let other = crate::session(&service);
        let tokens = now(session.tokens()).expect("tokens");
        now(session.sign_out()).expect("it is revoked");
        assert!(!service.accepts(&tokens.access_token));
        assert!(service.is_revoked(&tokens.refresh_token.expect("a refresh token")));
        assert_eq!(now(SessionStore::load(&store)).expect("a store"), None);
        assert_eq!(reason(now(session.access_token())), Some(SignedOut::ByProgram));
        assert_eq!(reason(now(session.refresh())), Some(SignedOut::ByProgram));
        assert_eq!(session.state(), SessionState::SignedOut(SignedOut::ByProgram));
        assert!(service.accepts(&access_token(&other)));
        // `sign_out` can be called again, and the user can sign in again.
        now(session.sign_out()).expect("the user is signed out already");
        assert_eq!(service.count(), 1);
        now(session.sign_in(service.sign_in())).expect("it is saved");
        assert!(service.accepts(&access_token(&session)));
    }
}

#[test]
fn a_blocking_session_is_signed_out() {
    for service in services() {
        let session = blocking_session(&service);
        let tokens = session.tokens().expect("tokens");
        assert!(tokens.id_token.is_some());
        assert_eq!(session.id_token().expect("tokens"), tokens.id_token);
        session.sign_out().expect("it is revoked");
        assert!(!service.accepts(&tokens.access_token));
        session.sign_in(service.sign_in()).expect("it is saved");
        session.sign_out_everywhere().expect("signed out");
        let operations: Vec<String> = service.requests().into_iter().map(|(operation, _)| operation).collect();
        assert_eq!(operations, ["RevokeToken", "GlobalSignOut"]);
        assert_eq!(reason(session.access_token()), Some(SignedOut::ByProgram));
    }
}

#[test]
fn sign_out_everywhere_ends_all_sessions() {
    for service in services() {
        let (session, other) = (session(&service), blocking_session(&service));
        service.advance(50 * MINUTE);
        now(session.sign_out_everywhere()).expect("signed out");
        assert_eq!(reason(other.refresh()), Some(SignedOut::Revoked));
        let operations: Vec<String> = service.requests().into_iter().map(|(operation, _)| operation).collect();
        assert_eq!(operations[0], "GlobalSignOut");
        other.sign_out_everywhere().expect("the user is signed out already");
    }
}

/// The access token has expired, so the session gets another one first.
#[test]
fn sign_out_everywhere_after_the_expiry() {
    for service in services() {
        let (session, other) = (session(&service), session(&service));
        service.advance(2 * HOUR);
        now(session.sign_out_everywhere()).expect("signed out");
        assert_eq!(service.requests().last().map(|(operation, _)| operation.as_str()), Some("GlobalSignOut"));
        assert_eq!(service.count(), 2);
        assert_eq!(reason(now(other.access_token())), Some(SignedOut::Revoked));
    }
}

/// The session is signed out even if the service cannot be reached.
#[test]
fn sign_out_without_a_network() {
    for service in services() {
        for everywhere in [false, true] {
            for expired in [false, true] {
                let store = MemoryStore::new();
                let session = signed_in(&service, builder(&service).store(store.clone()).build());
                if expired {
                    service.advance(HOUR);
                }
                service.behavior(Behavior::Down);
                let outcome = if everywhere { now(session.sign_out_everywhere()) } else { now(session.sign_out()) };
                assert!(matches!(outcome, Err(SessionError::Unavailable(_))), "{outcome:?}");
                assert_eq!(now(SessionStore::load(&store)).expect("a store"), None);
                service.behavior(Behavior::Normal);
                let requests = service.count();
                assert_eq!(reason(now(session.access_token())), Some(SignedOut::ByProgram));
                assert_eq!(service.count(), requests);
            }
        }
    }
}

/// The service has already revoked the tokens or disabled the user.
#[test]
fn sign_out_of_a_user_who_is_signed_out() {
    for service in services() {
        for message in ["Access Token has been revoked", "Refresh Token has been revoked", "User is disabled."] {
            let session = session(&service);
            service.behavior(Behavior::Fails("NotAuthorizedException", message));
            now(session.sign_out_everywhere()).expect("the user is signed out already");
            service.behavior(Behavior::Normal);
        }
        let session = session(&service);
        service.behavior(Behavior::Fails("NotAuthorizedException", "Access Token does not have required scopes"));
        let outcome = now(session.sign_out_everywhere());
        assert!(matches!(outcome, Err(SessionError::Rejected(_))), "{outcome:?}");
        assert_eq!(reason(now(session.access_token())), Some(SignedOut::ByProgram));
    }
}

/// A sign-out waits for the refresh and revokes its refresh token. Callers do not get the new tokens.
#[test]
fn sign_out_during_a_refresh() {
    for service in services() {
        let session = session(&service);
        service.advance(HOUR);
        service.behavior(Behavior::Hang);
        let mut caller = pin!(session.access_token());
        assert!(caller.as_mut().now_or_never().is_none());
        let mut sign_out = pin!(session.sign_out());
        assert!(sign_out.as_mut().now_or_never().is_none());
        assert_eq!(reason(now(session.access_token())), Some(SignedOut::ByProgram), "immediately");
        assert_eq!(reason(now(session.refresh())), Some(SignedOut::ByProgram), "immediately");
        service.behavior(Behavior::Normal);
        now(sign_out).expect("it is revoked");
        assert_eq!(reason(now(caller)), Some(SignedOut::ByProgram));
        let (operation, body) = service.requests().pop().expect("a request");
        assert_eq!(operation, "RevokeToken");
        let last = if service.is_rotating() { "canary-refresh-2" } else { "canary-refresh-1" };
        assert_eq!(body["Token"], last);
    }
}

/// A sign-out does not need the tokens of a refresh that is in progress, so it succeeds even if the refresh fails.
#[test]
fn sign_out_during_a_refresh_that_fails() {
    for service in services() {
        let session = session(&service);
        service.advance(HOUR);
        service.behavior(Behavior::Hang);
        let mut caller = pin!(session.access_token());
        assert!(caller.as_mut().now_or_never().is_none());
        let mut sign_out = pin!(session.sign_out());
        assert!(sign_out.as_mut().now_or_never().is_none());
        service.behavior(Behavior::Lost(1));
        now(sign_out).expect("it is revoked");
        let (operation, body) = service.requests().pop().expect("a request");
        assert_eq!((operation.as_str(), body["Token"].as_str()), ("RevokeToken", Some("canary-refresh-1")));
    }
}

/// Two other users sign in while the tokens of the first one are refreshed.
#[test]
fn sign_in_during_a_refresh() {
    for service in services() {
        let session = session(&service);
        service.advance(HOUR);
        service.behavior(Behavior::Hang);
        let mut callers = [pin!(session.access_token()), pin!(session.access_token())];
        let mut refresh = pin!(session.refresh());
        for caller in &mut callers {
            assert!(caller.as_mut().now_or_never().is_none());
        }
        assert!(refresh.as_mut().now_or_never().is_none());
        let mut replaced = pin!(session.sign_in(service.sign_in()));
        assert!(replaced.as_mut().now_or_never().is_none());
        let tokens = service.sign_in();
        let mut sign_in = pin!(session.sign_in(tokens.clone()));
        assert!(sign_in.as_mut().now_or_never().is_none());
        service.behavior(Behavior::Normal);
        now(sign_in).expect("it is saved");
        now(replaced).expect("it was replaced");
        for caller in callers {
            assert_eq!(now(caller).expect("a token"), tokens.access_token);
        }
        assert_eq!(now(refresh).expect("tokens").access_token, tokens.access_token);
        assert_eq!(session.state(), SessionState::SignedIn);
    }
}

/// A user signs in and out while the tokens of the previous user are refreshed.
#[test]
fn sign_in_and_sign_out_during_a_refresh() {
    for service in services() {
        let session = session(&service);
        service.advance(HOUR);
        service.behavior(Behavior::Hang);
        let mut caller = pin!(session.access_token());
        assert!(caller.as_mut().now_or_never().is_none());
        let tokens = service.sign_in();
        let mut sign_in = pin!(session.sign_in(tokens.clone()));
        assert!(sign_in.as_mut().now_or_never().is_none());
        let mut sign_out = pin!(session.sign_out());
        assert!(sign_out.as_mut().now_or_never().is_none());
        service.behavior(Behavior::Normal);
        now(sign_out).expect("it is revoked");
        now(sign_in).expect("the sign-out came after it");
        assert!(!service.accepts(&tokens.access_token));
        assert_eq!(reason(now(caller)), Some(SignedOut::ByProgram));
    }
}

/// Without a refresh token, `sign_out` sends no request, and `sign_out_everywhere` sends one only if the access token
/// has not expired.
#[test]
fn sign_out_without_a_refresh_token() {
    for service in services() {
        for (everywhere, expired) in [(false, false), (true, true), (true, false)] {
            let session = builder(&service).build();
            let mut tokens = service.sign_in();
            tokens.refresh_token = None;
            now(session.sign_in(tokens)).expect("it is saved");
            if expired {
                service.advance(HOUR);
            }
            let outcome = if everywhere { now(session.sign_out_everywhere()) } else { now(session.sign_out()) };
            outcome.expect("signed out");
            assert_eq!(service.count(), usize::from(everywhere && !expired));
        }
    }
}

/// If the first call of a program is a sign-out, the session reads the tokens from the store first.
#[test]
fn sign_out_right_after_the_start() {
    for service in services() {
        let store = MemoryStore::new();
        let tokens = now(signed_in(&service, builder(&service).store(store.clone()).build()).tokens()).expect("tokens");
        let session = builder(&service).store(store.clone()).build();
        now(session.sign_out()).expect("it is revoked");
        assert!(service.is_revoked(&tokens.refresh_token.expect("a refresh token")));
        assert_eq!(now(SessionStore::load(&store)).expect("a store"), None);
        let session = builder(&service).store(store).build();
        assert_eq!(reason(now(session.access_token())), Some(SignedOut::NotSignedIn));
        now(session.sign_out_everywhere()).expect("the user is signed out already");
    }
}

/// A sign-out continues after its caller is cancelled.
#[test]
fn a_sign_out_outlives_its_caller() {
    let service = FakeService::rotating(0);
    let session = session(&service);
    let tokens = now(session.tokens()).expect("tokens");
    service.behavior(Behavior::Hang);
    assert!(session.sign_out().now_or_never().is_none());
    service.behavior(Behavior::Normal);
    assert_eq!(reason(now(session.access_token())), Some(SignedOut::ByProgram));
    now(session.sign_out()).expect("it is revoked");
    assert!(service.is_revoked(&tokens.refresh_token.expect("a refresh token")));
    assert_eq!(service.count(), 1);
}
