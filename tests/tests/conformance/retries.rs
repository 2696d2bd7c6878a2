//! Retries, backoff and the retry budget. The tests of botocore are Python code. Their inputs and expected results are
//! extracted from the code, and are tested with a client of this crate.

use crate::{Case, Suite, list, text};
use cognito_op::transport::{TimeoutKind, TransportError};
use cognito_op::{Body, Operation, Retries, blocking, cognito_op};
use cognito_op_tests::transport::Canned;
use cognito_op_tests_provision::{botocore_sources, run, tool};
use http::{Response, StatusCode};
use serde_json::Value;
use std::process::Command;
use std::slice::from_ref;
use std::sync::{Arc, Mutex};
use std::time::Duration;

const ADAPTIVE: &str = "there is no adaptive mode, which limits the request rate of a client";
const INTERNAL: &str = "tests the internal structure of botocore";
const LEGACY: &str = "there is no legacy mode";
const MODELED: &str = "an error of a fictitious service; Cognito's model marks no error as retryable";
const OTHER_CHECK: &str =
    "retried because of another check of botocore; the result of a call does not show which check applied";
const OTHER_SERVICE: &str = "a rule for another service";
const QUOTA: &str = "amounts that no call takes from or returns to the retry budget";
const METADATA: &str = "metadata that botocore adds to its response";
const TELEMETRY: &str = "a header that is not sent";
const LIMIT: &str = "a quota takes minutes or hours to refill, so the call is not retried";
const STATUS: &str = "the status matters only if there is no error code";

const SUITE: Suite = Suite {
    name: "retries",
    run: 106,
    differs: &[
        ("functional/test_retry::TestRetriesV2::test_standard_mode_retries_429_with_unknown_error_code", STATUS),
        (
            "unit/retries/test_standard::test_can_detect_retryable_transient_errors[400 PriorRequestNotComplete True]",
            "botocore also lists the code as throttling, which takes precedence in both",
        ),
        (
            "unit/retries/test_standard::test_can_detect_retryable_throttled_errors[400 LimitExceededException True]",
            LIMIT,
        ),
        ("unit/retries/test_standard::test_can_detect_throttling_status_codes[429 NotAThrottlingError True]", STATUS),
        (
            "unit/retries/test_standard::test_throttling_status_code_checker_skips_modeled_errors[429 NotAModeledError True]",
            STATUS,
        ),
        ("unit/retries/test_standard::test_standard_retry_conditions[400 LimitExceededException True]", LIMIT),
        ("unit/retries/test_standard::test_standard_retry_conditions[429 NotAThrottlingError True]", STATUS),
        (
            "unit/retries/test_standard::test_standard_retry_conditions_with_model_on_429[429 NotAModeledError True]",
            STATUS,
        ),
        ("unit/retries/test_standard::TestThrottlingErrorDetector::test_detects_429_with_unknown_error_code", STATUS),
        (
            "unit/retries/test_standard::TestThrottlingErrorDetector::test_detects_429_with_unknown_error_code_and_model",
            STATUS,
        ),
    ],
    left_out: &[
        ("functional/retries/test_bucket", ADAPTIVE),
        ("functional/retries/test_quota", QUOTA),
        ("functional/test_retry::TestRetryHeader", TELEMETRY),
        ("functional/test_retry::TestLegacyRetry", LEGACY),
        ("functional/test_retry::TestMaxAttemptsInRequestHeader", TELEMETRY),
        ("functional/test_retry::TestRetriesV2::test_standard_mode_dynamodb_has_default_4_attempts", OTHER_SERVICE),
        ("functional/test_retry::TestRetriesV2::test_adaptive_mode_retries_429_with_empty_body", ADAPTIVE),
        ("functional/test_retry::TestRetriesV2::test_adaptive_mode_still_retries_errors", ADAPTIVE),
        ("functional/test_retry::TestRetriesV2::test_adaptive_mode_retry_transient_error", ADAPTIVE),
        ("functional/test_retry::TestRetriesV2::test_user_agent_has_standard_mode_feature_id_by_default", TELEMETRY),
        ("functional/test_retry::TestRetriesV2::test_user_agent_has_standard_mode_feature_id", TELEMETRY),
        ("functional/test_retry::TestRetriesV2::test_user_agent_has_adaptive_mode_feature_id", TELEMETRY),
        ("unit/retries/test_adaptive", ADAPTIVE),
        ("unit/retries/test_bucket", ADAPTIVE),
        ("unit/retries/test_quota", QUOTA),
        ("unit/retries/test_special", OTHER_SERVICE),
        ("unit/retries/test_throttling", ADAPTIVE),
        ("unit/retries/test_standard::test_can_detect_retryable_throttled_errors[429 None False]", OTHER_CHECK),
        (
            "unit/retries/test_standard::test_can_detect_retryable_throttled_errors[429 NotAThrottlingError False]",
            OTHER_CHECK,
        ),
        ("unit/retries/test_standard::test_can_detect_throttling_status_codes[400 Throttling False]", OTHER_CHECK),
        ("unit/retries/test_standard::test_can_detect_throttling_status_codes[503 SlowDown False]", OTHER_CHECK),
        ("unit/retries/test_standard::test_throttling_status_code_checker_ignores_missing_response", INTERNAL),
        (
            "unit/retries/test_standard::test_deprecated_new_retries_enabled_is_importable_and_true",
            "a name in a module of botocore",
        ),
        ("unit/retries/test_standard::test_can_detect_modeled_retryable_errors", MODELED),
        ("unit/retries/test_standard::test_standard_retry_conditions[400 ModeledThrottlingError True]", MODELED),
        ("unit/retries/test_standard::test_standard_retry_conditions[400 ModeledRetryableError True]", MODELED),
        ("unit/retries/test_standard::test_standard_retry_conditions[400 ErrorCodeRetryable True]", MODELED),
        (
            "unit/retries/test_standard::test_standard_retry_conditions_with_model_on_429[429 ModeledRetryableError True]",
            MODELED,
        ),
        ("unit/retries/test_standard::test_max_attempts_adds_metadata_key_when_reached", METADATA),
        ("unit/retries/test_standard::test_retries_context_not_on_request_context", INTERNAL),
        ("unit/retries/test_standard::test_can_create_default_retry_handler", INTERNAL),
        ("unit/retries/test_standard::TestRetryHandler", INTERNAL),
        ("unit/retries/test_standard::TestRetryEventAdapter", INTERNAL),
        ("unit/retries/test_standard::TestRetryPolicy", INTERNAL),
        ("unit/retries/test_standard::TestRetryQuotaChecker::test_quota_reached_adds_retry_metadata", METADATA),
        ("unit/retries/test_standard::TestRetryContext", INTERNAL),
        ("unit/retries/test_standard::TestThrottlingErrorDetector::test_detects_modeled_errors", MODELED),
        ("unit/retries/test_standard::TestThrottlingErrorDetector::test_modeled_throttling_trait_on_429", MODELED),
        ("unit/retries/test_standard::TestModeledRetryErrorDetector", MODELED),
        ("unit/retries/test_standard::TestOrRetryChecker", INTERNAL),
        (
            "unit/retries/test_standard::TestServiceSpecificRetries::test_dynamodb_base_backoff_and_increased_retries",
            OTHER_SERVICE,
        ),
        (
            "unit/retries/test_standard::TestServiceSpecificRetries::test_sqs_triggers_long_polling_backoff_when_token_empty",
            OTHER_SERVICE,
        ),
        (
            "unit/retries/test_standard::TestServiceSpecificRetries::test_long_polling_operations_backoff_when_token_empty",
            OTHER_SERVICE,
        ),
    ],
};

/// An operation that is not idempotent.
#[cognito_op(target = "Once", unmodeled, response = ())]
struct Once {}

/// An idempotent operation. botocore retries every operation as if it were idempotent.
#[cognito_op(target = "Again", unmodeled, idempotent = true, response = ())]
struct Again {}

#[derive(Clone, Debug, Default)]
struct Answer {
    /// `None` if the connection breaks.
    status: Option<u16>,
    code: Option<String>,
    retry_after: Option<String>,
    /// Whether the response does not arrive in time.
    late: bool,
}

impl Answer {
    fn status(status: u16) -> Self {
        Self { status: Some(status), ..Self::default() }
    }

    fn code(status: u16, code: &str) -> Self {
        Self { code: Some(code.to_owned()), ..Self::status(status) }
    }

    /// Reads the status and the code from the first two columns of a table.
    fn of(row: &[Value]) -> Self {
        // If a response has no code, botocore uses the status as the code.
        let code = row[1].as_str().filter(|code| code.parse::<u16>().is_err());
        Self { status: count(&row[0]), code: code.map(str::to_owned), ..Self::default() }
    }

    fn give(&self) -> Result<Response<Body>, TransportError> {
        if self.late {
            return Err(TransportError::timeout(TimeoutKind::Attempt));
        }
        let Some(status) = self.status else { return Err(TransportError::sent("reset")) };
        let body = self.code.as_ref().map_or(String::new(), |code| format!(r#"{{"__type":"{code}"}}"#));
        let mut response = Response::builder().status(StatusCode::from_u16(status).expect("a status"));
        if let Some(milliseconds) = &self.retry_after {
            response = response.header("x-amz-retry-after", milliseconds);
        }
        Ok(response.body(Body::from(body)).expect("a response"))
    }
}

/// A client, and the fake service that responds to it.
struct Harness {
    client: blocking::Client,
    transport: Canned,
    answers: Arc<Mutex<Vec<Answer>>>,
}

impl Harness {
    fn new() -> Self {
        let answers = Arc::new(Mutex::new(Vec::<Answer>::new()));
        let queue = Arc::clone(&answers);
        let transport = Canned::new(move |_| {
            let mut queue = queue.lock().expect("no panic before");
            // The last response is repeated.
            let answer = if queue.len() > 1 { queue.remove(0) } else { queue[0].clone() };
            answer.give()
        });
        let builder = blocking::Client::builder().region("eu-west-1").timeout(Duration::from_secs(1_000_000));
        let client = builder.build_with(transport.clone()).expect("a client");
        Self { client, transport, answers }
    }

    /// Creates a bench whose retry budget has that number of tokens.
    fn with_budget(tokens: usize) -> Self {
        let bench = Self::new();
        bench.drain_budget();
        (0..tokens).for_each(|_| bench.succeed());
        bench
    }

    /// Returns the delay before each retry of a call, in seconds.
    fn delays(&self, operation: &impl Operation, retries: Retries, answers: &[Answer]) -> Vec<f64> {
        *self.answers.lock().expect("no panic before") = answers.to_vec();
        let before = self.transport.slept().len();
        // The outcome of the call does not matter here.
        let _ = self.client.call(operation).retries(retries).send();
        self.transport.slept()[before..].iter().map(Duration::as_secs_f64).collect()
    }

    /// Returns the number of attempts of a call.
    fn attempts(&self, operation: &impl Operation, answers: &[Answer]) -> usize {
        let before = self.transport.seen().len();
        self.delays(operation, Retries::standard(), answers);
        self.transport.seen().len() - before
    }

    /// Returns whether a call is retried.
    fn is_retried(&self, operation: &impl Operation, answers: &[Answer]) -> bool {
        !self.delays(operation, Retries::standard().attempts(2), answers).is_empty()
    }

    /// Uses up the retry budget, and returns the number of tokens that it had.
    fn drain_budget(&self) -> usize {
        /// The cost of a retry after throttling, which is the lowest.
        const COST: usize = 5;
        let another = || self.is_retried(&Again {}, &[Answer::code(400, "Throttling")]);
        let retries = std::iter::repeat_with(another).take_while(|another| *another).count();
        // Each successful call returns one token. The number of calls until another retry is the number of missing
        // tokens.
        let mut missing = 0;
        while !another() {
            self.succeed();
            missing += 1;
        }
        (retries + 1) * COST - missing
    }

    fn succeed(&self) {
        assert_eq!(self.attempts(&Again {}, &[Answer::status(200)]), 1);
    }
}

#[derive(Debug, PartialEq)]
enum Verdict {
    Final,
    Transient,
    Throttled,
}

/// Classifies a response. After throttling, every operation is retried. After a transient failure, only an idempotent
/// operation is.
fn verdict(answer: &Answer) -> Verdict {
    let answer = [answer.clone()];
    match (Harness::new().is_retried(&Once {}, &answer), Harness::new().is_retried(&Again {}, &answer)) {
        (true, _) => Verdict::Throttled,
        (false, true) => Verdict::Transient,
        (false, false) => Verdict::Final,
    }
}

/// Returns the calls of the function `name` in the code of a test.
fn calls<'c>(case: &'c Case, name: &'c str) -> impl Iterator<Item = &'c Value> {
    list(&case.value["calls"]).iter().filter(move |call| text(call, "name") == Some(name))
}

/// Returns the numbers that a test expects, in order.
fn expected(case: &Case) -> Vec<f64> {
    let arguments = calls(case, "assertEqual").flat_map(|call| list(&call["args"]));
    let numbers = arguments.flat_map(|argument| if argument.is_array() { list(argument) } else { from_ref(argument) });
    numbers.filter_map(Value::as_f64).collect()
}

/// Returns the integers that a test expects, in order.
fn expected_counts(case: &Case) -> Vec<usize> {
    expected(case).into_iter().map(whole).collect()
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // the number is small and not negative
fn whole(number: f64) -> usize {
    number as usize
}

/// Converts a number to an integer type.
fn count<T: TryFrom<u64>>(number: &Value) -> Option<T> {
    number.as_u64().and_then(|number| number.try_into().ok())
}

/// Checks that the longest delays are at most the bounds, and at least 90% of them.
fn assert_backoff_bounds(bounds: &[f64], answer: &Answer) {
    let retries = Retries::standard().attempts(u32::try_from(bounds.len() + 1).expect("few"));
    let mut longest = vec![0.0_f64; bounds.len()];
    for _ in 0..200 {
        let delays = Harness::new().delays(&Again {}, retries, from_ref(answer));
        assert_eq!(delays.len(), bounds.len());
        longest = longest.iter().zip(delays).map(|(longest, delay)| longest.max(delay)).collect();
    }
    for (longest, bound) in longest.iter().zip(bounds) {
        assert!((bound * 0.9..=*bound).contains(longest), "{longest} of {bound}");
    }
}

/// Returns the arguments of `assert_will_retry_n_times`: the number of retries, and the response.
fn will_retry(case: &Case) -> Option<(usize, Answer)> {
    let call = calls(case, "assert_will_retry_n_times").next()?;
    let keyword = |name: &str| call["keywords"].get(name);
    let status = keyword("status").map_or(Some(500), count)?;
    let code = keyword("body").and_then(|body| text(body, "__type")).map(str::to_owned);
    Some((count(&call["args"][1])?, Answer { code, ..Answer::status(status) }))
}

/// Runs a case. Returns `None` if the code of the case has an unknown form, which is a failure.
fn check(case: &Case) -> Option<()> {
    let row = list(&case.value["row"]);
    // The name consists of a module, possibly a class, and a test.
    let (_, test) = text(&case.value, "test")?.rsplit_once("/test_")?;
    match test.split("::").collect::<Vec<_>>()[..] {
        ["standard", test] => match row.last() {
            Some(wanted) => table(test, row, wanted.as_bool()?),
            None => most_attempts(test, case),
        },
        ["standard", "TestExponentialBackoff", test] => backoff(test, case),
        ["standard", "TestRetryQuotaChecker", test] => quota(test, case),
        ["standard", "TestThrottlingErrorDetector", _] => throttling(case),
        ["standard", "TestServiceSpecificRetries", test] => empty_budget(test),
        ["standard", "TestRetryAfterHeaderInRetries", test] => retry_after(test, row),
        ["retry", "TestRetriesV2", test] => mode(test, case),
        _ => None,
    }
}

fn most_attempts(test: &str, case: &Case) -> Option<()> {
    (test == "test_can_honor_max_attempts").then_some(())?;
    // For each attempt, whether another one follows.
    let more: Vec<_> = calls(case, "compare").filter_map(|call| call["args"][1].as_bool()).collect();
    let sent = Harness::new().attempts(&Again {}, &[Answer::status(500)]);
    assert_eq!(more.iter().position(|more| !more), Some(sent - 1));
    Some(())
}

/// Runs the tests of whole calls in standard mode.
fn mode(test: &str, case: &Case) -> Option<()> {
    let bench = Harness::new();
    let send = |answer: &Answer| bench.attempts(&Again {}, from_ref(answer));
    let will_retry = will_retry(case);
    match test {
        "test_no_retry_needed_standard_mode" => {
            let response = calls(case, "add_response").next()?;
            assert_eq!(send(&Answer::status(count(&response["keywords"]["status"])?)), 1);
        }
        "test_standard_mode_does_not_retry_modeled_error_on_429" => {
            let code = case.value["codes"][0].as_str()?;
            assert_eq!([send(&Answer::code(429, code))][..], expected_counts(case));
        }
        "test_standard_mode_can_configure_max_attempts" => {
            let (retries, answer) = will_retry?;
            let created = calls(case, "create_client_with_retry_mode").next()?;
            let most = Retries::standard().attempts(count(&created["keywords"]["max_attempts"])?);
            assert_eq!(bench.delays(&Again {}, most, &[answer]).len(), retries);
        }
        "test_can_exhaust_default_retry_quota" => {
            let (retries, answer) = will_retry?;
            let in_full: u32 = count(&calls(case, "range").next()?["args"][0])?;
            (0..in_full).for_each(|_| assert_eq!(send(&answer), retries + 1));
            assert_eq!([send(&answer)][..], expected_counts(case));
        }
        _ => {
            let (retries, answer) = will_retry?;
            assert_eq!(send(&answer), retries + 1);
        }
    }
    Some(())
}

/// Runs a row of a table: a status, a code, and whether botocore classifies them as the kind of failure that the table
/// is about.
fn table(test: &str, row: &[Value], wanted: bool) -> Option<()> {
    let verdict = verdict(&Answer::of(row));
    let found = match test {
        "test_can_detect_retryable_transient_errors" => verdict == Verdict::Transient,
        "test_can_detect_retryable_throttled_errors"
        | "test_can_detect_throttling_status_codes"
        | "test_throttling_status_code_checker_skips_modeled_errors" => verdict == Verdict::Throttled,
        "test_standard_retry_conditions" | "test_standard_retry_conditions_with_model_on_429" => {
            verdict != Verdict::Final
        }
        _ => return None,
    };
    assert_eq!(found, wanted, "{verdict:?}");
    Some(())
}

fn backoff(test: &str, case: &Case) -> Option<()> {
    match test {
        "test_range_of_exponential_backoff" => assert_backoff_bounds(&expected(case), &Answer::status(500)),
        "test_exponential_backoff_with_jitter" => {
            let range = calls(case, "compare").next()?["args"].as_array()?.iter().filter_map(Value::as_f64);
            let [least, most] = range.collect::<Vec<_>>()[..] else { return None };
            for _ in 0..10 {
                // The delay after the third attempt.
                let delay =
                    Harness::new().delays(&Again {}, Retries::standard().attempts(4), &[Answer::status(500)])[2];
                assert!((least..=most).contains(&delay), "{delay}");
            }
        }
        "test_bare_429_uses_throttling_base_scale" => assert_backoff_bounds(&expected(case), &Answer::status(429)),
        "test_uniform_rand_dist_on_max_attempts" => {
            const SECONDS: usize = 20;
            // From the tenth retry on, the delay is uniformly distributed up to 20 s. The 35th retry uses up the budget
            // of a client.
            let many = Retries::standard().attempts(36);
            let delays =
                (0..800).flat_map(|_| Harness::new().delays(&Again {}, many, &[Answer::status(500)]).split_off(9));
            let mut histogram = [0_usize; SECONDS];
            delays.for_each(|delay| histogram[whole(delay)] += 1);
            let mean = histogram.iter().sum::<usize>() / SECONDS;
            // The tolerance is the same as in botocore.
            let tolerated = mean - mean / 5..=mean + mean / 5;
            assert!(histogram.iter().all(|number| tolerated.contains(number)), "{histogram:?}");
        }
        _ => return None,
    }
    Some(())
}

fn quota(test: &str, case: &Case) -> Option<()> {
    let success = Answer::status(200);
    let (failed, throttled) = (Answer::status(500), Answer::code(400, "Throttling"));
    // Returns the number of tokens that are left after calls with at most one retry each.
    let left = |courses: &[&[&Answer]]| {
        let bench = Harness::new();
        for course in courses {
            bench.is_retried(&Again {}, &course.iter().copied().cloned().collect::<Vec<_>>());
        }
        bench.drain_budget()
    };
    let taken = |answer: &Answer| vec![left(&[]) - left(&[&[answer]])];
    let found = match test {
        "test_can_acquire_quota_for_throttling_error" => taken(&throttled),
        "test_can_acquire_quota_for_bare_429" => taken(&Answer::status(429)),
        "test_can_acquire_quota_non_timeout_error" => taken(&failed),
        "test_can_acquire_quota_for_timeout_error" => taken(&Answer { late: true, ..Answer::default() }),
        "test_can_release_quota_based_on_context_value_on_success" => {
            vec![left(&[&[&failed]]), left(&[&[&failed, &success]])]
        }
        "test_can_release_quota_when_succeed_after_throttling_error" => {
            vec![left(&[&[&throttled]]), left(&[&[&throttled, &success]])]
        }
        "test_dont_release_quota_if_all_retries_failed" => vec![left(&[&[&failed]]); 2],
        "test_can_release_default_quota_if_not_in_context" => {
            vec![left(&[&[&failed]]), left(&[&[&failed], &[&success]])]
        }
        "test_single_failed_request_does_not_give_back_quota" => {
            // The number of retries, each of which costs five tokens.
            let taken = count::<usize>(&calls(case, "acquire").next()?["args"][0])? / 5;
            let (throttled, refused) = ([&throttled], Answer::status(400));
            let refused = [&refused];
            let mut courses: Vec<&[&Answer]> = vec![&throttled; taken];
            let before = left(&courses);
            courses.push(&refused);
            vec![before, left(&courses)]
        }
        "test_acquire_quota_fails" => {
            let quota = calls(case, "RetryQuota").next()?;
            let bench = Harness::with_budget(count(&quota["keywords"]["initial_capacity"])?);
            let again = [(); 2].map(|()| bench.is_retried(&Again {}, from_ref(&failed)));
            assert_eq!(again, [true, false]);
            vec![]
        }
        _ => return None,
    };
    assert_eq!(found, expected_counts(case));
    Some(())
}

fn retry_after(test: &str, row: &[Value]) -> Option<()> {
    /// The range of the jitter. The delays that botocore expects include all of it.
    const JITTER: f64 = 0.05;
    (test == "test_x_amz_retry_after_header_is_honored").then_some(())?;
    let [header, left, delay, left_after_success] = row else { return None };
    let failed = Answer { retry_after: header.as_str().map(str::to_owned), ..Answer::status(500) };
    let once = Retries::standard().attempts(2);
    let bench = Harness::new();
    let delays = bench.delays(&Again {}, once, from_ref(&failed));
    let delay = delay.as_f64()?;
    assert!(matches!(delays[..], [found] if (delay - JITTER..=delay).contains(&found)), "{delays:?}");
    assert_eq!(Some(bench.drain_budget()), count(left));
    let bench = Harness::new();
    bench.delays(&Again {}, once, &[failed, Answer::status(200)]);
    assert_eq!(Some(bench.drain_budget()), count(left_after_success));
    Some(())
}

/// Checks whether a response counts as throttling. The code of the test describes the response.
fn throttling(case: &Case) -> Option<()> {
    let status = if calls(case, "create_429_kwargs").next().is_some() { 429 } else { 400 };
    let code = case.value["codes"][0].as_str().map(str::to_owned);
    let wanted = match (calls(case, "assertTrue").count(), calls(case, "assertFalse").count()) {
        (1, 0) => true,
        (0, 1) => false,
        _ => return None,
    };
    assert_eq!(verdict(&Answer { code, ..Answer::status(status) }) == Verdict::Throttled, wanted);
    Some(())
}

fn empty_budget(test: &str) -> Option<()> {
    (test == "test_non_long_polling_operation_does_not_sleep_when_quota_exhausted").then(|| {
        assert_eq!(Harness::with_budget(0).attempts(&Again {}, &[Answer::status(500)]), 1);
    })
}

#[test]
fn retries() {
    let sources = botocore_sources();
    let cases = run(Command::new("python3").arg(tool("retry_cases.py")).arg(sources));
    let cases: Vec<Value> = serde_json::from_slice(&cases).expect("JSON");
    let cases = cases.into_iter().map(|value| Case { id: text(&value, "id").expect("a name").to_owned(), value });
    SUITE.check(&cases.collect::<Vec<_>>(), check);
}
