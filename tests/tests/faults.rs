//! Network faults in front of a server that sends messages: the number of messages, and the error of the call.

#![allow(missing_docs, clippy::expect_used)]

use cognito_op::transport::TimeoutKind;
use cognito_op::{Builder, Client, Error, ErrorKind, blocking};
use cognito_op_tests::pool::Pool;
use cognito_op_tests::proxy::Fault::{Answer, Half, Hang, Reset, Truncated};
use cognito_op_tests::proxy::Proxy;
use cognito_op_tests::proxy::Step::{self, After, Before, Pass};
use std::time::Duration;

/// The expected outcome of one call.
#[derive(Debug)]
struct Row {
    /// The proxy's handling of each attempt, or `None` if the connection is refused.
    steps: Option<&'static [Step]>,
    /// The timeout that is set to a short time.
    limit: Option<TimeoutKind>,
    /// The kind of the error, or `None` for success.
    kind: Option<ErrorKind>,
    may_have_executed: bool,
    attempts: u32,
    /// The number of messages that the server sends.
    messages: usize,
}

const fn row(
    steps: &'static [Step],
    kind: Option<ErrorKind>,
    may_have_executed: bool,
    attempts: u32,
    messages: usize,
) -> Row {
    Row { steps: Some(steps), limit: None, kind, may_have_executed, attempts, messages }
}

const THROTTLED: Step = Before(Answer("400 Bad Request", "TooManyRequestsException"));
const THROTTLED_429: Step = Before(Answer("429 Too Many Requests", "TooManyRequestsException"));
const BARE_429: Step = Before(Answer("429 Too Many Requests", ""));
const UNAVAILABLE: &str = "503 Service Unavailable";
const LIMIT: cognito_op_tests::proxy::Fault = Answer("400 Bad Request", "LimitExceededException");

const ROWS: &[Row] = &[
    row(&[Pass], None, false, 1, 1),
    // The request may have executed, and is not retried.
    row(&[Before(Reset)], Some(ErrorKind::Transport), true, 1, 0),
    row(&[After(Reset)], Some(ErrorKind::Transport), true, 1, 1),
    row(&[After(Truncated)], Some(ErrorKind::Transport), true, 1, 1),
    row(&[After(Half)], Some(ErrorKind::Unreadable), true, 1, 1),
    row(&[Before(Answer(UNAVAILABLE, ""))], Some(ErrorKind::Unknown), true, 1, 0),
    row(&[After(Answer(UNAVAILABLE, ""))], Some(ErrorKind::Unknown), true, 1, 1),
    row(&[Before(Answer(UNAVAILABLE, "ServiceUnavailable"))], Some(ErrorKind::ServiceUnavailable), true, 1, 0),
    row(&[After(Answer(UNAVAILABLE, "ServiceUnavailable"))], Some(ErrorKind::ServiceUnavailable), true, 1, 1),
    Row { limit: Some(TimeoutKind::Attempt), ..row(&[Before(Hang)], Some(ErrorKind::Timeout), true, 1, 0) },
    Row { limit: Some(TimeoutKind::Attempt), ..row(&[After(Hang)], Some(ErrorKind::Timeout), true, 1, 1) },
    Row { limit: Some(TimeoutKind::Total), ..row(&[After(Hang)], Some(ErrorKind::Timeout), true, 1, 1) },
    // The request was not executed.
    row(&[THROTTLED], None, false, 2, 1),
    row(&[THROTTLED_429], None, false, 2, 1),
    row(&[BARE_429], None, false, 2, 1),
    row(&[THROTTLED; 3], Some(ErrorKind::TooManyRequests), false, 3, 0),
    row(&[THROTTLED_429; 3], Some(ErrorKind::TooManyRequests), false, 3, 0),
    row(&[BARE_429; 3], Some(ErrorKind::Unknown), false, 3, 0),
    row(&[Before(LIMIT)], Some(ErrorKind::LimitExceeded), false, 1, 0),
    Row { steps: None, ..row(&[], Some(ErrorKind::Transport), false, 3, 0) },
    // The service returns this error only for a request that it did not execute. The client never retries it.
    row(&[After(LIMIT)], Some(ErrorKind::LimitExceeded), false, 1, 1),
    // The last attempt determines the error.
    row(&[THROTTLED, After(Reset)], Some(ErrorKind::Transport), true, 2, 1),
    row(&[BARE_429, Before(Reset)], Some(ErrorKind::Transport), true, 2, 0),
    row(&[THROTTLED_429, After(Answer(UNAVAILABLE, ""))], Some(ErrorKind::Unknown), true, 2, 1),
];

/// The user pool, the proxy in front of it, and a URL that refuses connections.
struct Way {
    pool: Pool,
    proxy: Proxy,
    refused: String,
}

impl Way {
    fn start() -> Self {
        let pool = Pool::start();
        let proxy = Proxy::start(&pool.url());
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
        let refused = format!("http://{}", listener.local_addr().expect("bound"));
        Self { pool, proxy, refused }
    }

    fn set_up<C>(&self, builder: Builder<C>, row: &Row) -> Builder<C> {
        let (id, secret) = (self.pool.text("confidential", "id"), self.pool.text("confidential", "secret"));
        let url = if row.steps.is_some() { self.proxy.url() } else { self.refused.clone() };
        let short = Duration::from_secs(1);
        let builder = builder.app_client(id, secret).endpoint(url);
        match row.limit {
            None => builder,
            Some(TimeoutKind::Attempt) => builder.attempt_timeout(short),
            Some(_) => builder.timeout(short),
        }
    }

    /// Calls the operation with the asynchronous client. Returns the number of attempts.
    fn waiting(&self, row: &Row) -> Result<u32, Error> {
        let client = self.set_up(Client::builder(), row).build()?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        Ok(runtime.block_on(client.call(&self.pool.resend("alice")).send())?.meta.attempts)
    }

    /// The same as `waiting`, with the blocking client.
    fn blocking(&self, row: &Row) -> Result<u32, Error> {
        let client = self.set_up(blocking::Client::builder(), row).build()?;
        Ok(client.call(&self.pool.resend("alice")).send()?.meta.attempts)
    }

    fn check(&self, row: &Row, call: impl Fn(&Self, &Row) -> Result<u32, Error>) {
        let (messages, requests) = (self.pool.messages(), self.proxy.requests());
        self.proxy.script(row.steps.unwrap_or_default());
        let outcome = call(self, row);
        match (outcome, row.kind) {
            (Ok(attempts), None) => assert_eq!(attempts, row.attempts, "{row:?}"),
            (Err(error), Some(kind)) => {
                assert_eq!(error.kind(), kind, "{row:?}: {error}");
                assert_eq!(error.may_have_executed(), row.may_have_executed, "{row:?}: {error}");
                assert_eq!(error.attempts(), row.attempts, "{row:?}: {error}");
                assert_eq!(error.timeout_kind(), row.limit, "{row:?}: {error}");
            }
            (outcome, _) => unreachable!("{row:?}: {outcome:?}"),
        }
        // The server may still be working on a request after its timeout.
        self.proxy.wait_for(messages - SIGN_UPS + row.messages);
        assert_eq!(self.pool.messages() - messages, row.messages, "{row:?}");
        let attempts = if row.steps.is_some() { row.attempts as usize } else { 0 };
        assert_eq!(self.proxy.requests() - requests, attempts, "{row:?}");
    }
}

/// The number of messages before the first call.
const SIGN_UPS: usize = 2;

#[test]
fn a_fault_sends_no_second_message() {
    let way = Way::start();
    assert_eq!(way.pool.messages(), SIGN_UPS);
    for row in ROWS {
        assert!(row.messages <= 1);
        way.check(row, Way::waiting);
        way.check(row, Way::blocking);
    }
    // No further message was sent after the checks.
    assert_eq!(way.pool.messages(), SIGN_UPS + 2 * ROWS.iter().map(|row| row.messages).sum::<usize>());
}
