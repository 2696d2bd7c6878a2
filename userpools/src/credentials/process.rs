//! Credentials that a [process](https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html)
//! prints.

use super::context::LIMIT;
use super::error::{Miss, Outcome, seconds};
use super::json::{self, Names};
use std::future::poll_fn;
use std::io::{self, Read as _};
use std::iter::repeat_n;
use std::mem::take;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};
use std::task::{Poll, Waker};
use std::thread;
use std::time::{Duration, Instant};
use zeroize::Zeroizing;

/// Runs the process and reads the credentials. The process is killed if it takes longer than `timeout`.
pub(super) async fn load(command: &str, timeout: Duration) -> Outcome {
    const NAMES: Names = Names { token: "SessionToken", ..json::METADATA };
    let mut words = split(command).ok_or_else(|| "a quote in `credential_process` is not closed".to_owned())?;
    if words.is_empty() {
        return Err(Miss::failed("`credential_process` is empty"));
    }
    let program = words.remove(0);
    let mut process = Command::new(program);
    process.args(words).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let output = on_thread(move || run(process, timeout)).await?;
    let mut object = json::object(&output).map_err(|why| format!("the output of the process {why}"))?;
    if object.get("Version").and_then(serde_json::Value::as_u64) != Some(1) {
        return Err(Miss::failed("the output of the process does not have the version 1"));
    }
    Ok(json::credentials(&mut object, &NAMES).map_err(|why| format!("the output of the process {why}"))?)
}

/// Runs a process and returns its output.
fn run(mut process: Command, timeout: Duration) -> Result<Zeroizing<Vec<u8>>, String> {
    let begun = Instant::now();
    let mut child = process.spawn().map_err(|error| format!("the process did not start: {}", error.kind()))?;
    let outcome = output(&mut child, begun, timeout);
    if outcome.is_err() {
        // It may have ended meanwhile. A process with other rights cannot be killed, so another thread waits for it.
        drop(child.kill());
        drop(start(move || drop(child.wait())));
    }
    outcome
}

fn output(child: &mut Child, begun: Instant, timeout: Duration) -> Result<Zeroizing<Vec<u8>>, String> {
    let late = || format!("the process did not end within {}", seconds(timeout));
    let pipe = child.stdout.take().ok_or("the process has no output")?;
    // A child of the process can keep the pipe open, so this thread does not wait for the end of the output itself.
    let (sender, receiver) = mpsc::channel();
    start(move || {
        // With its whole capacity, so that no part of it is moved.
        let mut output = Zeroizing::new(Vec::with_capacity(usize::try_from(LIMIT).unwrap_or_default() + 1));
        let outcome = pipe.take(LIMIT + 1).read_to_end(&mut output).map(|_| output);
        // The receiver may have given up.
        drop(sender.send(outcome));
    })?;
    let output: io::Result<_> = receiver.recv_timeout(timeout).map_err(|_| late())?;
    let output = output.map_err(|error| format!("the output of the process cannot be read: {}", error.kind()))?;
    if output.len() as u64 > LIMIT {
        return Err(format!("the output of the process is larger than {} KiB", LIMIT / 1024));
    }
    loop {
        match child.try_wait().map_err(|error| format!("the status of the process cannot be read: {}", error.kind()))? {
            Some(status) if status.success() => return Ok(output),
            Some(status) => return Err(format!("the process failed: {status}")),
            None if begun.elapsed() >= timeout => return Err(late()),
            None => thread::sleep(Duration::from_millis(5)),
        }
    }
}

/// Runs a function on a thread of its own, and waits for its result without blocking.
async fn on_thread<T: Send + 'static>(
    function: impl FnOnce() -> Result<T, String> + Send + 'static,
) -> Result<T, String> {
    let shared = Arc::new(Mutex::new((None, Waker::noop().clone())));
    let sender = Arc::clone(&shared);
    start(move || {
        let result = function();
        let mut state = lock(&sender);
        state.0 = Some(result);
        let waker = state.1.clone();
        drop(state);
        waker.wake();
    })?;
    poll_fn(|context| {
        let mut state = lock(&shared);
        if let Some(result) = state.0.take() {
            return Poll::Ready(result);
        }
        state.1.clone_from(context.waker());
        Poll::Pending
    })
    .await
}

fn start(function: impl FnOnce() + Send + 'static) -> Result<(), String> {
    let thread = thread::Builder::new().name("credential-process".to_owned()).spawn(function);
    thread.map(drop).map_err(|error| format!("the thread for the process did not start: {}", error.kind()))
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Splits a command into words, without a shell. Returns `None` if a quote is not closed.
fn split(command: &str) -> Option<Vec<String>> {
    if cfg!(windows) { windows_words(command) } else { unix_words(command) }
}

/// Splits a command as `shlex` of Python does: quotes group words, and a backslash escapes a character.
///
/// `cognito-op` has the same function for the names of sections. Sharing it would require a public item.
fn unix_words(command: &str) -> Option<Vec<String>> {
    let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None);
    let mut rest = command.chars();
    while let Some(c) = rest.next() {
        match (quote, c) {
            (None, c) if c.is_ascii_whitespace() => words.extend(word.take()),
            (Some(open), c) if c == open => quote = None,
            (None, '"' | '\'') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None | Some('"'), '\\') => {
                let escaped = rest.next()?;
                let word = word.get_or_insert_default();
                if quote.is_some() && !matches!(escaped, '"' | '\\') {
                    word.push(c);
                }
                word.push(escaped);
            }
            _ => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    quote.is_none().then_some(words)
}

/// Splits a command by the [rules of
/// Windows](https://learn.microsoft.com/en-us/cpp/c-language/parsing-c-command-line-arguments): double quotes group
/// words, and backslashes are escapes only before a double quote.
fn windows_words(command: &str) -> Option<Vec<String>> {
    let (mut words, mut word, mut is_quoted, mut backslashes) = (Vec::new(), None::<String>, false, 0);
    for c in command.chars().map(Some).chain([None]) {
        if c == Some('\\') {
            backslashes += 1;
            continue;
        }
        let before = take(&mut backslashes);
        let kept = if c == Some('"') { before / 2 } else { before };
        if kept > 0 {
            word.get_or_insert_default().extend(repeat_n('\\', kept));
        }
        match c {
            Some('"') if before % 2 == 0 => {
                is_quoted = !is_quoted;
                word.get_or_insert_default();
            }
            Some(' ' | '\t') if !is_quoted => words.extend(word.take()),
            Some(c) => word.get_or_insert_default().push(c),
            None => words.extend(word.take()),
        }
    }
    (!is_quoted).then_some(words)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use cognito_op::blocking::wait;

    #[test]
    fn words_of_a_command() {
        // The results are those of `shlex.split`.
        for (command, words) in [
            ("", &[][..]),
            ("  get \t credentials\n", &["get", "credentials"]),
            ("get 'a b' \"c d\"", &["get", "a b", "c d"]),
            ("a' 'b\" \"c", &["a b c"]),
            ("'' \"\"", &["", ""]),
            (r#"a\ b "c\"d\\e\f" 'g\h' \i"#, &["a b", r#"c"d\e\f"#, r"g\h", "i"]),
            ("a # b", &["a", "#", "b"]),
        ] {
            assert_eq!(
                unix_words(command).as_deref(),
                Some(&words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>()[..]),
                "{command}"
            );
        }
        for command in ["a 'b", "\"", "a\\"] {
            assert_eq!(unix_words(command), None, "{command}");
        }
    }

    #[test]
    fn words_of_a_command_on_windows() {
        // The results are those of `botocore.compat.compat_shell_split`.
        for (command, words) in [
            ("", &[][..]),
            (" get  a\tb ", &["get", "a", "b"]),
            (r#""C:\Program Files\x.exe" a"#, &[r"C:\Program Files\x.exe", "a"]),
            (r#"a "b\"c""#, &["a", r#"b"c"#]),
            (r"a\ b\\", &[r"a\", r"b\\"]),
            ("'a b'", &["'a", "b'"]),
            (r#""C:\d\\" x"#, &[r"C:\d\", "x"]),
            (r#"a\\"b c""#, &[r"a\b c"]),
            (r#"a "" """#, &["a", "", ""]),
        ] {
            assert_eq!(windows_words(command).unwrap_or_default(), words, "{command}");
        }
        for command in [r#""C:\d\" x"#, "\""] {
            assert_eq!(windows_words(command), None, "{command}");
        }
    }

    fn outcome(command: &str, timeout: Duration) -> String {
        match wait(load(command, timeout)) {
            Ok(credentials) => format!("{} {:?}", credentials.access_key_id(), credentials.token()),
            Err(miss) => miss.into_reason(),
        }
    }

    #[test]
    fn outputs_and_ends_of_processes() {
        let long = Duration::from_secs(60);
        let fixed = r#"echo '{"Version":1,"AccessKeyId":"id","SecretAccessKey":"canary","SessionToken":"token"}'"#;
        assert_eq!(outcome(fixed, long), "id Some(\"token\")");
        let pair = r#""Version":1,"AccessKeyId":"id","SecretAccessKey":"canary""#;
        assert_eq!(outcome(&format!("echo '{{{pair},\"SessionToken\":\"\"}}'"), long), "id None");
        // The process closes its output before it ends.
        let early = format!("sh -c 'echo \"$0\"; exec >&-; sleep 0.2' '{{{pair}}}'");
        assert_eq!(outcome(&early, long), "id None");
        for (size, expected) in [(65_536, "id None"), (65_537, "the output of the process is larger than 64 KiB")] {
            assert_eq!(outcome(&format!("printf '%{size}s' '{{{pair}}}'"), long), expected, "{size}");
        }
        for (command, expected) in [
            ("sh -c 'echo canary; echo canary >&2; exit 3'", "the process failed: exit status: 3"),
            ("echo canary", "the output of the process is not JSON"),
            ("echo '[\"canary\"]'", "the output of the process is not a JSON object"),
            (
                "echo '{\"Version\":2,\"AccessKeyId\":\"canary\"}'",
                "the output of the process does not have the version 1",
            ),
            ("echo '{\"Version\":1,\"AccessKeyId\":\"canary\"}'", "the output of the process has no `SecretAccessKey`"),
            (
                "echo '{\"Version\":1,\"AccessKeyId\":{\"a\":\"canary\"}}'",
                "the output of the process has a member `AccessKeyId` that is not a string",
            ),
            ("/nonexistent/canary", "the process did not start: entity not found"),
            ("yes canary", "the output of the process is larger than 64 KiB"),
            ("'", "a quote in `credential_process` is not closed"),
            ("  ", "`credential_process` is empty"),
        ] {
            assert_eq!(outcome(command, long), expected, "{command}");
        }
    }

    #[test]
    fn a_process_that_hangs_is_killed() {
        let timeout = Duration::from_millis(200);
        for command in ["sleep 3600", "sh -c 'exec >&-; exec sleep 3600'"] {
            assert_eq!(outcome(command, timeout), "the process did not end within 0.2 s", "{command}");
        }
    }
}
