//! The state of a session, and its watches.

use super::error::SignedOut;
use std::collections::BTreeMap;
use std::fmt;
use std::future::poll_fn;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Poll, Waker};

/// The state of a [`Session`](super::Session).
///
/// ```
/// use cognito_userpools::session::{Session, SessionState};
///
/// fn title(session: &Session) -> &'static str {
///     match session.state() {
///         SessionState::SignedIn | SessionState::Refreshed => "signed in",
///         SessionState::SignedOut(_) => "signed out",
///         _ => "…",
///     }
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SessionState {
    /// The store has not been read.
    NotLoaded,
    /// A user has signed in, or was signed in according to the store.
    SignedIn,
    /// The tokens were refreshed.
    Refreshed,
    /// No user is signed in.
    SignedOut(SignedOut),
}

/// Waits for changes of the state of a [`Session`](super::Session). [`Session::watch`](super::Session::watch) returns
/// it.
///
/// It needs no async runtime. If the state changes several times between two calls, only the last change is reported.
///
/// ```
/// use cognito_userpools::session::{Session, SessionState, Watch};
///
/// /// Shows the sign-in page when the user is signed out.
/// async fn follow(session: &Session, show_sign_in: impl Fn()) {
///     let mut watch: Watch = session.watch();
///     while let Some(state) = watch.changed().await {
///         if let SessionState::SignedOut(_) = state {
///             show_sign_in();
///         }
///     }
/// }
/// ```
pub struct Watch {
    board: Arc<Board>,
    number: u64,
    seen: u64,
}

impl Watch {
    /// Returns the state.
    #[must_use]
    pub fn state(&self) -> SessionState {
        self.board.state()
    }

    /// Waits for the next change and returns the new state. Returns `None` if the session and its clones were dropped.
    ///
    /// Dropping the future loses no change.
    pub async fn changed(&mut self) -> Option<SessionState> {
        let (board, number) = (&self.board, self.number);
        let change = poll_fn(|context| {
            let mut posted = board.lock();
            if posted.version != self.seen {
                return Poll::Ready(Some((posted.version, posted.state)));
            }
            if posted.is_over {
                return Poll::Ready(None);
            }
            let previous = posted.wakers.insert(number, context.waker().clone());
            drop(posted);
            // Dropping a waker can drop a task, and with it another watch.
            drop(previous);
            Poll::Pending
        });
        let (version, state) = change.await?;
        self.seen = version;
        Some(state)
    }

    /// Waits as [`changed`](Self::changed) does. Blocks until there is a change.
    ///
    /// ```
    /// use cognito_userpools::blocking;
    /// use cognito_userpools::session::Session;
    ///
    /// fn log_changes(session: &Session<blocking::Client>) {
    ///     let mut watch = session.watch();
    ///     std::thread::spawn(move || {
    ///         while let Some(state) = watch.changed_blocking() {
    ///             println!("{state:?}");
    ///         }
    ///     });
    /// }
    /// ```
    pub fn changed_blocking(&mut self) -> Option<SessionState> {
        cognito_op::blocking::wait(self.changed())
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let waker = self.board.lock().wakers.remove(&self.number);
        drop(waker);
    }
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watch").field("state", &self.state()).finish_non_exhaustive()
    }
}

/// The current state, which the session sets and watches wait for.
pub(super) struct Board(Mutex<Posted>);

struct Posted {
    state: SessionState,
    /// The number of changes.
    version: u64,
    is_over: bool,
    next: u64,
    wakers: BTreeMap<u64, Waker>,
}

impl Board {
    pub(super) fn new() -> Arc<Self> {
        let state = SessionState::NotLoaded;
        Arc::new(Self(Mutex::new(Posted { state, version: 0, is_over: false, next: 0, wakers: BTreeMap::new() })))
    }

    pub(super) fn state(&self) -> SessionState {
        self.lock().state
    }

    pub(super) fn watch(self: &Arc<Self>) -> Watch {
        let mut posted = self.lock();
        posted.next += 1;
        Watch { board: Arc::clone(self), number: posted.next, seen: posted.version }
    }

    pub(super) fn post(&self, state: SessionState) {
        self.change(|posted| {
            posted.state = state;
            posted.version += 1;
        });
    }

    /// Ends the watches.
    pub(super) fn close(&self) {
        self.change(|posted| posted.is_over = true);
    }

    fn change(&self, change: impl FnOnce(&mut Posted)) {
        let mut posted = self.lock();
        change(&mut posted);
        let woken = std::mem::take(&mut posted.wakers);
        drop(posted);
        woken.into_values().for_each(Waker::wake);
    }

    fn lock(&self) -> MutexGuard<'_, Posted> {
        // The state is consistent even after a panic in another thread.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::pin::pin;
    use std::sync::atomic::{AtomicU32, Ordering};
    use std::task::{Context, Wake};

    #[derive(Default)]
    struct Count(AtomicU32);

    impl Wake for Count {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Ordering::SeqCst);
        }
    }

    fn is_pending(watch: &mut Watch, count: &Arc<Count>) -> bool {
        let waker = Waker::from(Arc::clone(count));
        pin!(watch.changed()).poll(&mut Context::from_waker(&waker)).is_pending()
    }

    #[test]
    fn each_watch_is_woken() {
        let board = Board::new();
        let (mut one, mut two) = (board.watch(), board.watch());
        let counts = [Arc::<Count>::default(), Arc::default()];
        assert!(is_pending(&mut one, &counts[0]) && is_pending(&mut two, &counts[1]));
        board.post(SessionState::SignedIn);
        assert_eq!(counts.map(|count| count.0.load(Ordering::SeqCst)), [1, 1]);
        assert_eq!(format!("{one:?}"), "Watch { state: SignedIn, .. }");
    }

    #[test]
    fn a_watch_that_is_dropped_keeps_no_waker() {
        let board = Board::new();
        let (mut watch, count) = (board.watch(), Arc::<Count>::default());
        assert!(is_pending(&mut watch, &count));
        assert_eq!(Arc::strong_count(&count), 2);
        drop(watch);
        assert_eq!(Arc::strong_count(&count), 1);
    }
}
