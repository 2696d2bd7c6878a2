//! The tasks of a connection of HTTP/2.

use hyper::rt::Executor;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::task::AbortHandle;

/// Starts the tasks of a connection. By themselves they end with it; but where the peer reads nothing any more, they would wait
/// forever to tell it so.
#[derive(Clone, Default)]
pub(super) struct Tasks(Arc<Mutex<Vec<AbortHandle>>>);

impl Tasks {
    pub(super) fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        let mut all = self.all();
        all.retain(|task| !task.is_finished());
        all.push(tokio::spawn(task).abort_handle());
    }

    /// Ends them when it is dropped.
    pub(super) fn end_of(&self) -> End {
        End(self.clone())
    }

    fn all(&self) -> MutexGuard<'_, Vec<AbortHandle>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<F: Future<Output = ()> + Send + 'static> Executor<F> for Tasks {
    fn execute(&self, task: F) {
        self.spawn(task);
    }
}

/// Ends the tasks of a connection that nobody has use for any more.
pub(super) struct End(Tasks);

impl Drop for End {
    fn drop(&mut self) {
        self.0.all().iter().for_each(AbortHandle::abort);
    }
}
