//! Proofs of a password that are computed on another thread.

use super::{POOL, challenge, challenged, client, responses, tokens};
use cognito_op::mock::Mock;
use cognito_userpools::devices::Device;
use cognito_userpools::operations::{ConfirmDevice, InitiateAuth, NewDeviceMetadataType, RespondToAuthChallenge};
use cognito_userpools::sign_in::{FirstFactor, KeptChallenge, SignIn, Step, Tokens};
use futures_util::FutureExt as _;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex, mpsc};
use std::thread;
use std::time::Duration;

type Computation = Box<dyn FnOnce() + Send>;

fn verifier() -> Value {
    challenge("PASSWORD_VERIFIER", &json!({"SALT": "ab", "SECRET_BLOCK": "YQ==", "SRP_B": "abcd"}))
}

/// Computations that wait until a test runs them.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<Computation>>>);

impl Kept {
    fn keep(&self) -> impl Fn(Computation) + Send + Sync + use<> {
        let kept = Arc::clone(&self.0);
        move |computation| kept.lock().expect("no panic").push(computation)
    }

    /// Runs the only computation on another thread.
    #[track_caller]
    fn run(&self) {
        let computation = self.0.lock().expect("no panic").pop().expect("a computation");
        assert!(self.0.lock().expect("no panic").is_empty(), "more than one");
        thread::spawn(computation).join().expect("no panic");
    }
}

/// Polls a future with two computations, and runs each of them on another thread. Until then, the future is pending,
/// and the request that needs the result is not sent.
macro_rules! computed_elsewhere {
    ($mock:expr, $kept:expr, $future:expr) => {{
        let mut future = std::pin::pin!($future);
        let before = $mock.requests().len();
        for sent in 0..2 {
            for _ in 0..20 {
                assert!((&mut future).now_or_never().is_none(), "computed on this thread");
            }
            assert_eq!($mock.requests().len() - before, sent);
            $kept.run();
        }
        let step = super::now(future).expect("tokens");
        assert!(matches!(step, Step::SignedIn(_)), "{step:?}");
        assert!(
            responses(&$mock).last().expect("an answer")["ChallengeResponses"]["PASSWORD_CLAIM_SIGNATURE"].is_string()
        );
    }};
}

#[test]
fn every_proof_is_computed_elsewhere() {
    let kept = Kept::default();
    for start in [
        SignIn::user_srp_auth(POOL, "alice", "correct horse"),
        SignIn::custom_auth_with_srp(POOL, "alice", "correct horse"),
        SignIn::user_auth("alice").prefer(FirstFactor::password_srp(POOL, "correct horse")),
    ] {
        let mock = Mock::new();
        mock.on::<InitiateAuth>().output_json(verifier());
        mock.on::<RespondToAuthChallenge>().output_json(tokens());
        let client = client(&mock);
        computed_elsewhere!(mock, kept, start.offload(kept.keep()).start(&client));
    }

    // The challenges of the sign-in keep the function.
    let mock = Mock::new();
    let client = client(&mock);
    for name in ["SELECT_CHALLENGE", "PASSWORD_SRP"] {
        mock.on::<InitiateAuth>().output_json(challenge(name, &json!({})));
        mock.on::<RespondToAuthChallenge>().output_json(verifier()).output_json(tokens());
        let step = super::now(SignIn::user_auth("alice").offload(kept.keep()).start(&client));
        match step.expect("a challenge") {
            Step::SelectChallenge(select) => {
                let factor = FirstFactor::password_srp(POOL, "correct horse");
                computed_elsewhere!(mock, kept, select.select(&client, factor));
            }
            Step::PasswordSrp(password) => {
                computed_elsewhere!(mock, kept, password.answer(&client, POOL, "correct horse"));
            }
            step => panic!("{step:?}"),
        }
    }
    mock.on::<RespondToAuthChallenge>().output_json(verifier()).output_json(tokens());
    let restored = KeptChallenge::new("PASSWORD_SRP", "alice").offload(kept.keep()).into_step();
    let Step::PasswordSrp(password) = restored else { panic!("{restored:?}") };
    computed_elsewhere!(mock, kept, password.answer(&client, POOL, "correct horse"));
}

/// The proof of a device takes two computations, and the verifier of a new device takes one.
#[test]
fn proofs_of_devices_are_computed_elsewhere() {
    let kept = Kept::default();
    let mock = Mock::new();
    let client = client(&mock);
    let device = || Device::new("eu-west-1_0", "-group", "the password");
    let parameters = json!({"SALT": "ab", "SECRET_BLOCK": "YQ==", "SRP_B": "abcd"});
    let asked = challenge("DEVICE_SRP_AUTH", &json!({}));
    let proof = challenge("DEVICE_PASSWORD_VERIFIER", &parameters);
    for (sign_in, computations) in [
        (SignIn::user_password_auth("alice", "correct horse"), [1, 2].as_slice()),
        (SignIn::user_srp_auth(POOL, "alice", "correct horse"), &[0, 1, 2, 3]),
    ] {
        let is_srp = computations.len() == 4;
        mock.on::<InitiateAuth>().output_json(if is_srp { verifier() } else { asked.clone() });
        let mut plan = mock.on::<RespondToAuthChallenge>();
        if is_srp {
            plan = plan.output_json(asked.clone());
        }
        plan.output_json(proof.clone()).output_json(tokens());
        let mut future = std::pin::pin!(sign_in.device(device()).offload(kept.keep()).start(&client));
        let before = mock.requests().len();
        for sent in computations {
            for _ in 0..20 {
                assert!((&mut future).now_or_never().is_none(), "computed on this thread");
            }
            assert_eq!(mock.requests().len() - before, *sent);
            kept.run();
        }
        assert!(matches!(super::now(future), Ok(Step::SignedIn(_))));
    }

    let mut signed_in = Tokens::new("token");
    let keys = NewDeviceMetadataType::new().device_key("eu-west-1_0").device_group_key("-group");
    signed_in.new_device_metadata = Some(keys);
    mock.on::<ConfirmDevice>().output_json(json!({})).times(2);
    let new = || signed_in.new_device().expect("a new device").offload(kept.keep());
    let mut future = std::pin::pin!(new().confirm(&client));
    for _ in 0..20 {
        assert!((&mut future).now_or_never().is_none(), "computed on this thread");
    }
    assert!(mock.sent::<ConfirmDevice>().is_empty());
    kept.run();
    assert!(!super::now(future).expect("a device").needs_consent);
    let blocking = super::blocking_client(&mock);
    let confirmed = new().confirm_blocking(&blocking).expect("a blocking method computes the verifier itself");
    assert_eq!(confirmed.device.key(), "eu-west-1_0");
}

#[test]
fn what_needs_no_proof_is_not_computed_elsewhere() {
    let mock = Mock::new();
    mock.on::<InitiateAuth>().output_json(tokens()).times(2);
    let client = client(&mock);
    let never = |_: Computation| panic!("unexpected computation");
    super::now(SignIn::user_password_auth("alice", "correct horse").offload(never).start(&client)).expect("tokens");
    let sign_in = SignIn::user_srp_auth(POOL, "alice", "correct horse").offload(never);
    sign_in.start_blocking(&super::blocking_client(&mock)).expect("a blocking method computes the proof itself");
}

/// Errors from a computation on another thread are returned, and a challenge can be answered again.
#[test]
fn errors_come_back_from_the_other_thread() {
    let mock = Mock::new();
    let client = client(&mock);
    let inline = |computation: Computation| thread::spawn(computation).join().expect("no panic");
    let sign_in = SignIn::user_srp_auth(POOL, "alice", "").offload(inline);
    let error = super::now(sign_in.start(&client)).expect_err("no password");
    assert_eq!(error.kind(), cognito_op::ErrorKind::Invalid);
    let Step::PasswordSrp(password) = challenged(&mock, "PASSWORD_SRP", &json!({})) else { panic!() };
    let Step::PasswordSrp(password) = password.into_kept().offload(inline).into_step() else { panic!() };
    let error = super::now(password.answer(&client, "the pool", "secret")).expect_err("no pool");
    assert_eq!(error.kind(), cognito_op::ErrorKind::Misconfigured);
    assert!(!error.is_final());
}

/// Each computation waits for another task of the runtime's only thread. On that thread, the wait would time out.
#[tokio::test(flavor = "current_thread")]
async fn a_runtime_with_one_thread_is_not_held_up() {
    let mock = Mock::new();
    mock.on::<InitiateAuth>().output_json(verifier());
    mock.on::<RespondToAuthChallenge>().output_json(tokens());
    let client = client(&mock);

    let (ticks, ticked) = mpsc::channel();
    let ticking = tokio::spawn(async move {
        while ticks.send(()).is_ok() {
            tokio::task::yield_now().await;
        }
    });
    let (ticked, threads) = (Arc::new(Mutex::new(ticked)), Arc::new(Mutex::new(Vec::new())));
    let ran = Arc::clone(&threads);
    let offload = move |computation: Computation| {
        let (ticked, ran) = (Arc::clone(&ticked), Arc::clone(&ran));
        drop(tokio::task::spawn_blocking(move || {
            let ticked = ticked.lock().expect("no panic");
            // Discards the ticks that were sent earlier.
            while ticked.try_recv().is_ok() {}
            ticked.recv_timeout(Duration::from_secs(30)).expect("the other task runs");
            ran.lock().expect("no panic").push(thread::current().id());
            computation();
        }));
    };
    let step = SignIn::user_srp_auth(POOL, "alice", "correct horse").offload(offload).start(&client).await;
    assert!(matches!(step, Ok(Step::SignedIn(_))), "{step:?}");
    let threads = threads.lock().expect("no panic");
    assert!(threads.len() == 2 && !threads.contains(&thread::current().id()), "{threads:?}");
    ticking.abort();
}
