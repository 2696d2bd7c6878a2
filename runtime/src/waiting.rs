//! What a call waits for, as a mock has to know it: its clock goes forward at once where nothing comes any more, but not while
//! something really takes its time, such as a signer that asks elsewhere for its credentials. Without a mock, nothing is done
//! here.
//!
//! A mock is asked through transports of others perhaps, so that it is told by the thread: within the poll of a call that waits
//! for an answer it says that there will be none, and within the poll of that call's limit it asks whether that was said.

#[cfg(feature = "mock")]
pub(crate) use with_mock::{call, is_for_nothing, limit, there_is_no_answer};

#[cfg(feature = "mock")]
mod with_mock {
    use std::cell::Cell;

    thread_local! {
        /// Whether the answer that is being polled will never be there.
        static SILENT: Cell<bool> = const { Cell::new(false) };
        /// Whether it is a limit that is being polled.
        static LIMIT: Cell<bool> = const { Cell::new(false) };
    }

    /// Polls what a call waits for and then its limit. A call within a call has limits of its own.
    pub(crate) fn call<T>(poll: impl FnOnce() -> T) -> T {
        let around = SILENT.replace(false);
        let polled = poll();
        SILENT.set(around);
        polled
    }

    /// Polls the limit of a call.
    pub(crate) fn limit<T>(poll: impl FnOnce() -> T) -> T {
        /// Also where a poll panics.
        struct Over;

        impl Drop for Over {
            fn drop(&mut self) {
                LIMIT.set(false);
            }
        }

        LIMIT.set(true);
        let _over = Over;
        poll()
    }

    /// What is being polled never comes.
    pub(crate) fn there_is_no_answer() {
        SILENT.set(true);
    }

    /// Whether a time that is being polled is a limit, and if so, whether what it limits never comes.
    pub(crate) fn is_for_nothing() -> Option<bool> {
        LIMIT.get().then(|| SILENT.get())
    }
}

#[cfg(not(feature = "mock"))]
pub(crate) fn call<T>(poll: impl FnOnce() -> T) -> T {
    poll()
}

#[cfg(not(feature = "mock"))]
pub(crate) fn limit<T>(poll: impl FnOnce() -> T) -> T {
    poll()
}
