//! Answers that are rejected or lost: which requests are retried, and when a challenge is returned.

use super::{blocking_client, challenged, client, now, responses, tokens, will_sign_in};
use cognito_op::mock::{Mock, NetworkFault};
use cognito_op::{Client, Error, ErrorKind, Retries};
use cognito_userpools::operations::{
    AssociateSoftwareToken, InitiateAuth, RespondToAuthChallenge, VerifySoftwareToken,
};
use cognito_userpools::sign_in::{CodeChallenge, SignIn, Step};
use serde_json::json;
use std::error::Error as _;

fn code(mock: &Mock) -> CodeChallenge {
    match challenged(mock, "SOFTWARE_TOKEN_MFA", &json!({})) {
        Step::SoftwareTokenMfa(challenge) => challenge,
        step => panic!("{step:?}"),
    }
}

#[test]
fn a_challenge_comes_back_where_it_can_be_answered_again() {
    for (kind, again) in [
        (ErrorKind::CodeMismatch, true),
        (ErrorKind::InvalidPassword, true),
        (ErrorKind::PasswordHistoryPolicyViolation, true),
        (ErrorKind::InvalidParameter, true),
        (ErrorKind::TooManyRequests, true),
        (ErrorKind::LimitExceeded, true),
        (ErrorKind::NotAuthorized, false),
        (ErrorKind::ExpiredCode, true),
        (ErrorKind::InternalError, false),
        (ErrorKind::UserLambdaValidation, false),
    ] {
        let mock = Mock::new();
        let challenge = code(&mock);
        mock.on::<RespondToAuthChallenge>().fail(kind);
        let refused = now(challenge.answer(&client(&mock), "000000")).expect_err("the error of the mock");
        assert_eq!((refused.error().kind(), refused.is_final()), (kind, !again));
        assert_eq!(refused.to_string(), refused.error().to_string());
        assert_eq!(refused.source().is_some(), refused.error().source().is_some());
        match refused.into_challenge() {
            Ok(challenge) => {
                assert!(again, "{kind:?}");
                will_sign_in(&mock);
                let step = now(challenge.answer(&client(&mock), "123456"));
                assert!(matches!(step, Ok(Step::SignedIn(_))), "{step:?}");
                let [first, second] = &responses(&mock)[..] else { panic!("two answers") };
                assert_eq!(first["Session"], second["Session"]);
                assert_eq!(second["ChallengeResponses"]["SOFTWARE_TOKEN_MFA_CODE"], "123456");
            }
            Err(error) => {
                assert!(!again, "{kind:?}");
                assert_eq!(error.kind(), kind);
            }
        }
    }
}

/// The service sends this exception with a status of 4xx. With another status, the challenge is not returned.
#[test]
fn an_error_of_a_gateway_is_final() {
    let mock = Mock::new();
    let challenge = code(&mock);
    let mut answer = http::Response::new(cognito_op::Body::from(r#"{"__type": "CodeMismatchException"}"#));
    *answer.status_mut() = http::StatusCode::GATEWAY_TIMEOUT;
    mock.on::<RespondToAuthChallenge>().respond(answer);
    let refused = now(challenge.answer(&client(&mock), "000000")).expect_err("the error of the mock");
    assert!(refused.is_final(), "{refused}");
}

#[test]
fn answer_errors_convert_to_errors() {
    fn answer(client: &cognito_op::blocking::Client, challenge: CodeChallenge) -> Result<Step, Error> {
        Ok(challenge.answer_blocking(client, "000000")?)
    }
    let mock = Mock::new();
    let challenge = code(&mock);
    mock.on::<RespondToAuthChallenge>().fail(ErrorKind::CodeMismatch);
    let error = answer(&blocking_client(&mock), challenge).expect_err("the error of the mock");
    assert_eq!((error.kind(), error.operation()), (ErrorKind::CodeMismatch, Some("RespondToAuthChallenge")));
}

/// A request that starts a sign-in is retried as usual. An answer is retried only if it was not sent.
#[test]
fn an_answer_is_never_sent_twice() {
    let patient = |mock: &Mock| -> Client {
        let builder = Client::builder().region("eu-west-1").public_app_client(super::ID);
        builder.retries(Retries::standard().attempts(5)).build_with(mock.transport()).expect("a client")
    };
    let mock = Mock::new();
    mock.on::<InitiateAuth>().fail(ErrorKind::TooManyRequests).times(2).output_json(tokens());
    now(SignIn::user_auth("alice").start(&patient(&mock))).expect("the third attempt");
    assert_eq!(mock.requests().len(), 3);

    for kind in [ErrorKind::TooManyRequests, ErrorKind::Throttling, ErrorKind::InternalError] {
        let mock = Mock::new();
        let challenge = code(&mock);
        mock.on::<RespondToAuthChallenge>().fail(kind);
        let refused = now(challenge.answer(&patient(&mock), "123456")).expect_err("the error of the mock");
        assert_eq!((refused.error().kind(), refused.error().attempts()), (kind, 1));
        assert_eq!(responses(&mock).len(), 1);
    }
    for (fault, sent_again) in [
        (NetworkFault::ConnectionRefused, true),
        (NetworkFault::ConnectionReset, false),
        (NetworkFault::NoResponse, false),
    ] {
        let mock = Mock::new();
        let challenge = code(&mock);
        let plan = mock.on::<RespondToAuthChallenge>().fault(fault);
        if sent_again {
            plan.output_json(tokens());
            now(challenge.answer(&patient(&mock), "123456")).expect("the second attempt");
        } else {
            let refused = now(challenge.answer(&patient(&mock), "123456")).expect_err("the error of the mock");
            assert!(refused.error().may_have_executed());
            refused.into_challenge().expect_err("the session may be used up");
        }
    }

    // A code for the setup of an authenticator app is also an answer.
    let mock = Mock::new();
    let Step::MfaSetup(setup) = challenged(&mock, "MFA_SETUP", &json!({})) else { panic!() };
    mock.on::<AssociateSoftwareToken>().fail(ErrorKind::TooManyRequests).output_json(json!({"SecretCode": "JBSWY3DP"}));
    let setup = now(setup.software_token(&patient(&mock))).expect("the second attempt");
    mock.on::<VerifySoftwareToken>().fail(ErrorKind::TooManyRequests);
    let refused = now(setup.verify(&patient(&mock), "123456")).expect_err("the error of the mock");
    assert_eq!(refused.error().attempts(), 1);
}

/// A mock without a response does not keep a caller in a loop.
#[test]
#[should_panic(expected = "RespondToAuthChallenge was called and has no response set up")]
fn a_mock_that_was_told_nothing_ends_the_sign_in() {
    let mock = Mock::new();
    let refused = now(code(&mock).answer(&client(&mock), "123456")).expect_err("no answer");
    assert!(refused.is_final() && !refused.error().may_have_executed());
}

/// If the request was not sent, the error contains the challenge.
#[test]
fn an_answer_that_is_not_sent_keeps_the_challenge() {
    let mock = Mock::new();
    let refused = now(code(&mock).answer(&mock.client(), "123456")).expect_err("no app client");
    assert_eq!(refused.error().kind(), ErrorKind::Misconfigured);
    let challenge = refused.into_challenge().expect("the challenge");

    mock.on::<RespondToAuthChallenge>().fault(NetworkFault::ConnectionRefused).times(3);
    let refused = challenge.answer_blocking(&blocking_client(&mock), "123456").expect_err("no connection");
    assert_eq!((refused.error().kind(), refused.error().attempts()), (ErrorKind::Transport, 3));
    let _challenge = refused.into_challenge().expect("the challenge");

    let Step::PasswordSrp(password) = challenged(&mock, "PASSWORD_SRP", &json!({})) else { panic!() };
    let refused = now(password.answer(&client(&mock), "no pool", "secret")).expect_err("no pool");
    assert_eq!(refused.error().operation(), Some("RespondToAuthChallenge"));
    let _challenge = refused.into_challenge().expect("the challenge");
}

#[test]
fn a_wrong_code_while_an_app_is_set_up() {
    let mock = Mock::new();
    let client = client(&mock);
    let Step::MfaSetup(setup) = challenged(&mock, "MFA_SETUP", &json!({})) else { panic!() };
    mock.on::<AssociateSoftwareToken>().fail(ErrorKind::ConcurrentModification);
    let refused = now(setup.software_token(&client)).expect_err("the error of the mock");
    refused.into_challenge().expect_err("the operation may have executed");

    let Step::MfaSetup(setup) = challenged(&mock, "MFA_SETUP", &json!({})) else { panic!() };
    mock.on::<AssociateSoftwareToken>().output_json(json!({}));
    let refused = now(setup.software_token(&client)).expect_err("no secret");
    assert_eq!(refused.error().kind(), ErrorKind::Unreadable);

    let Step::MfaSetup(setup) = challenged(&mock, "MFA_SETUP", &json!({})) else { panic!() };
    mock.on::<AssociateSoftwareToken>().output_json(json!({"SecretCode": "JBSWY3DP"}));
    let mut setup = now(setup.software_token(&client)).expect("a secret");
    let wrong = [ErrorKind::EnableSoftwareTokenMfa, ErrorKind::CodeMismatch];
    for kind in wrong {
        mock.on::<VerifySoftwareToken>().fail(kind);
        let refused = now(setup.verify(&client, "000000")).expect_err("the error of the mock");
        assert_eq!(refused.error().kind(), kind);
        setup = refused.into_challenge().expect("the setup");
    }
    mock.on::<VerifySoftwareToken>()
        .output_json(json!({"Status": "ERROR", "Session": "the session after the wrong code"}));
    let refused = now(setup.verify(&client, "000000")).expect_err("a wrong code");
    assert_eq!(
        (refused.error().kind(), refused.error().operation()),
        (ErrorKind::Unreadable, Some("VerifySoftwareToken"))
    );
    setup = refused.into_challenge().expect("the setup");

    // After the service has accepted the code, the code is not sent again, even if the next request fails.
    mock.on::<VerifySoftwareToken>().output_json(json!({"Status": "SUCCESS"}));
    mock.on::<RespondToAuthChallenge>().fail(ErrorKind::TooManyRequests);
    let refused = now(setup.verify(&client, "123456")).expect_err("the error of the mock");
    setup = refused.into_challenge().expect("the setup");
    let sent = mock.sent::<VerifySoftwareToken>().pop().expect("a code");
    assert_eq!(sent.session.as_deref(), Some("the session after the wrong code"));
    will_sign_in(&mock);
    assert!(matches!(now(setup.verify(&client, "123456")), Ok(Step::SignedIn(_))));
}

#[test]
fn a_refused_proof_ends_the_sign_in() {
    let mock = Mock::new();
    let Step::PasswordSrp(password) = challenged(&mock, "PASSWORD_SRP", &json!({})) else { panic!() };
    let verifier = json!({"SALT": "ab", "SECRET_BLOCK": "YQ==", "SRP_B": "abcd"});
    mock.on::<RespondToAuthChallenge>()
        .output_json(super::challenge("PASSWORD_VERIFIER", &verifier))
        .fail_with(ErrorKind::NotAuthorized, "Incorrect username or password.");
    let refused = now(password.answer(&client(&mock), super::POOL, "wrong")).expect_err("the error of the mock");
    let error = refused.into_challenge().expect_err("the session is used up");
    assert_eq!(error.reason(), cognito_op::Reason::IncorrectCredentials);
}
