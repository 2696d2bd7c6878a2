//! Network failures, lost responses, and rejected refreshes.

use crate::fake_service::{Behavior, FakeService};
use crate::{HOUR, MINUTE, access_token, blocking_session, now, reason, services, session};
use cognito_op::{ErrorKind, Reason};
use cognito_userpools::session::{SessionError, SessionState, SignedOut};
use std::time::Duration;

const SECOND: Duration = Duration::from_secs(1);

#[test]
fn a_hundred_refreshes_in_a_row() {
    for service in services() {
        let session = session(&service);
        for number in 1..=100 {
            service.advance(57 * MINUTE);
            let token = access_token(&session);
            assert_eq!((service.accepts(&token), service.count()), (true, number));
        }
    }
}

#[test]
fn the_network_is_down_for_an_hour() {
    for service in services() {
        let session = session(&service);
        let first = access_token(&session);
        service.advance(50 * MINUTE);
        service.behavior(Behavior::Down);
        for second in 0..3600 {
            let outcome = now(session.access_token());
            if second < 600 {
                assert_eq!(outcome.expect("it is valid"), first, "{second}");
            } else {
                let error = outcome.expect_err("it has expired");
                assert!(error.is_transient() && matches!(error, SessionError::Unavailable(_)), "{error:?}");
                assert!(error.to_string().contains(", try again later: "), "{error}");
            }
            service.advance(SECOND);
        }
        // A refresh every 30 seconds for five minutes, until the tokens expire, then one every 10 seconds.
        assert!((305..=315).contains(&service.count()), "{}", service.count());
        assert_eq!(session.state(), SessionState::SignedIn);
        service.behavior(Behavior::Normal);
        service.advance(10 * SECOND);
        assert!(service.accepts(&access_token(&session)));
    }
}

#[test]
fn the_network_is_down_for_an_hour_for_threads() {
    let service = FakeService::rotating(0);
    let session = blocking_session(&service);
    service.behavior(Behavior::Down);
    service.advance(59 * MINUTE);
    session.access_token().expect("it is valid");
    service.advance(MINUTE);
    assert!(matches!(session.access_token(), Err(SessionError::Unavailable(_))));
    service.advance(HOUR);
    service.behavior(Behavior::Normal);
    assert!(service.accepts(&session.access_token().expect("a token")));
}

/// The service has replaced the refresh token, and its response is lost.
#[test]
fn a_lost_response_within_the_grace_period() {
    for lost in [1, 2] {
        let service = FakeService::rotating(60);
        let session = session(&service);
        service.advance(HOUR);
        service.behavior(Behavior::Lost(lost));
        assert!(service.accepts(&access_token(&session)), "the same call retries the request");
        assert_eq!(service.count(), lost as usize + 1);
        service.advance(HOUR);
        assert!(service.accepts(&access_token(&session)));
    }
}

/// The tokens are still valid, but the grace period is short, so the refresh is retried sooner than usual.
#[test]
fn lost_responses_are_repeated_soon() {
    let service = FakeService::rotating(60);
    let session = session(&service);
    let first = access_token(&session);
    service.advance(56 * MINUTE);
    service.behavior(Behavior::Lost(7));
    assert_eq!((access_token(&session), service.count()), (first.clone(), 3));
    assert_eq!((access_token(&session), service.count()), (first.clone(), 3), "there is a backoff");
    service.advance(SECOND);
    assert_eq!((access_token(&session), service.count()), (first.clone(), 6));
    service.advance(2 * SECOND);
    let second = access_token(&session);
    assert_eq!((service.accepts(&second), second != first, service.count()), (true, true, 8));
}

/// A grace period lasts at most 60 seconds. After that, a refresh with an unknown outcome is not retried immediately.
#[test]
fn lost_responses_after_the_longest_grace_period() {
    for (seconds, requests) in [(59, 6), (60, 4)] {
        let service = FakeService::without_rotation();
        let session = session(&service);
        service.advance(56 * MINUTE);
        service.behavior(Behavior::Lost(7));
        access_token(&session);
        assert_eq!(service.count(), 3);
        service.advance(seconds * SECOND);
        access_token(&session);
        assert_eq!(service.count(), requests, "{seconds}");
    }
}

/// Without a grace period, a lost response ends the session.
#[test]
fn a_lost_response_without_a_grace_period() {
    let service = FakeService::rotating(0);
    let session = session(&service);
    service.advance(HOUR);
    service.behavior(Behavior::Lost(1));
    assert_eq!(reason(now(session.access_token())), Some(SignedOut::Reused));
    assert_eq!(session.state(), SessionState::SignedOut(SignedOut::Reused));
}

/// Without rotation, there is no grace period, so the session keeps the usual interval while the tokens are valid.
#[test]
fn lost_responses_without_rotation_keep_the_interval() {
    let service = FakeService::without_rotation();
    let session = session(&service);
    let first = access_token(&session);
    service.advance(56 * MINUTE);
    service.behavior(Behavior::Lost(7));
    assert_eq!((access_token(&session), service.count()), (first.clone(), 3));
    for _ in 0..29 {
        service.advance(SECOND);
        assert_eq!((access_token(&session), service.count()), (first.clone(), 3));
    }
    service.advance(SECOND);
    assert_eq!((access_token(&session), service.count()), (first, 6));
}

/// Without rotation, a refresh is idempotent, so it can be retried at any time.
#[test]
fn lost_responses_without_rotation() {
    let service = FakeService::without_rotation();
    let session = session(&service);
    service.advance(HOUR);
    service.behavior(Behavior::Lost(30));
    for _ in 0..20 {
        if let Ok(token) = now(session.access_token()) {
            assert!(service.accepts(&token));
            return;
        }
        service.advance(10 * SECOND);
    }
    panic!("{:?}", service.requests());
}

#[test]
fn revoked_elsewhere() {
    for service in services() {
        let session = session(&service);
        let tokens = now(session.tokens()).expect("tokens");
        service.revoke_all();
        assert_eq!(access_token(&session), tokens.access_token, "the session has not noticed the revocation");
        // The program requests a refresh after an API has rejected the token.
        assert_eq!(reason(now(session.refresh())), Some(SignedOut::Revoked));
        assert_eq!(session.state(), SessionState::SignedOut(SignedOut::Revoked));
        let requests = service.count();
        for outcome in [now(session.access_token()), now(session.id_token()).map(Option::unwrap_or_default)] {
            assert_eq!(reason(outcome), Some(SignedOut::Revoked));
        }
        assert_eq!(reason(now(session.refresh())), Some(SignedOut::Revoked));
        assert_eq!(service.count(), requests, "a session without a user sends no requests");
        // The user signs in again.
        now(session.sign_in(service.sign_in())).expect("it is saved");
        assert!(service.accepts(&access_token(&session)));
    }
}

/// The session errors for the exceptions of a refresh.
#[test]
fn exceptions() {
    #[derive(Debug, PartialEq)]
    enum Means {
        SignedOut(SignedOut),
        TryAgain,
        Mistake,
    }
    use Means::{Mistake, TryAgain};
    let out = Means::SignedOut;
    let (denied, invalid) = ("NotAuthorizedException", "InvalidParameterException");
    for (code, message, expected) in [
        (denied, "Refresh Token has been revoked", out(SignedOut::Revoked)),
        (denied, "Refresh Token has expired", out(SignedOut::Expired)),
        (denied, "Invalid Refresh Token", out(SignedOut::Invalid)),
        (denied, "Invalid Refresh Token.", out(SignedOut::Invalid)),
        (denied, "User is disabled.", out(SignedOut::UserDisabled)),
        (denied, "The user has been deleted for the associated refresh token", out(SignedOut::Other)),
        (denied, "", out(SignedOut::Other)),
        (denied, "Incorrect username or password.", out(SignedOut::Other)),
        ("ResourceNotFoundException", "Device does not exist.", out(SignedOut::Invalid)),
        (denied, "Password attempts exceeded", TryAgain),
        ("RefreshTokenReuseException", "", out(SignedOut::Reused)),
        ("UserNotFoundException", "User does not exist.", out(SignedOut::UserNotFound)),
        ("PasswordResetRequiredException", "Password reset required for the user", out(SignedOut::Other)),
        ("UserNotConfirmedException", "User is not confirmed.", out(SignedOut::Other)),
        (denied, "Unable to verify secret hash for client 1example23456789", Mistake),
        (denied, "Client 1example23456789 is configured with secret but SECRET_HASH was not received", Mistake),
        (denied, "Invalid client secret", Mistake),
        (denied, "Refresh Token has different Client", Mistake),
        (invalid, "REFRESH_TOKEN_AUTH flow not enabled for this client", Mistake),
        (invalid, "Something else", Mistake),
        ("ResourceNotFoundException", "User pool client 1example does not exist.", Mistake),
        ("UserLambdaValidationException", "PreTokenGeneration failed", Mistake),
        ("ANewException", "", Mistake),
        // AWS WAF blocks an address for a while, regardless of the token.
        ("ForbiddenException", "Request not allowed due to WAF block.", TryAgain),
        ("TooManyRequestsException", "Rate exceeded", TryAgain),
        ("LimitExceededException", "", TryAgain),
        ("ThrottlingException", "Rate exceeded", TryAgain),
        ("InternalErrorException", "", TryAgain),
        ("ServiceUnavailableException", "", TryAgain),
        ("UnexpectedLambdaException", "", TryAgain),
        ("InvalidLambdaResponseException", "", TryAgain),
    ] {
        for service in services() {
            let session = session(&service);
            service.behavior(Behavior::Fails(code, message));
            service.advance(56 * MINUTE);
            if expected == Mistake || expected == TryAgain {
                access_token(&session);
            }
            service.advance(HOUR);
            let error = now(session.access_token()).expect_err("the tokens have expired");
            let means = match &error {
                SessionError::SignedOut(reason) => out(*reason),
                SessionError::Unavailable(_) => TryAgain,
                SessionError::Rejected(_) => Mistake,
                other => panic!("{other:?}"),
            };
            assert_eq!(means, expected, "{code} {message}: {error}");
            assert_eq!(error.is_transient(), means == TryAgain);
            // The session continues after a mistake has been corrected at the service.
            service.behavior(Behavior::Normal);
            service.advance(MINUTE);
            assert_eq!(now(session.access_token()).is_ok(), !matches!(means, Means::SignedOut(_)), "{code} {message}");
        }
    }
}

#[test]
fn the_wrong_kind_of_refresh() {
    // The app client rotates refresh tokens, but the session was built without rotation.
    let service = FakeService::rotating(0);
    let session = crate::signed_in(&service, crate::builder(&service).rotation(false).build());
    service.advance(HOUR);
    let SessionError::Rejected(error) = now(session.access_token()).expect_err("it is rejected") else { panic!() };
    assert_eq!((error.kind(), error.reason()), (ErrorKind::InvalidParameter, Reason::AuthFlowDisabled));
    assert_eq!(session.state(), SessionState::SignedIn);
    // A session with rotation also works with an app client without rotation.
    let service = FakeService::without_rotation();
    let session = crate::signed_in(&service, crate::builder(&service).rotation(true).build());
    for _ in 0..3 {
        service.advance(HOUR);
        assert!(service.accepts(&access_token(&session)));
    }
}
