//! The stores of sessions.

use super::error::StoreError;
use super::saved::SavedSession;
use cognito_op::transport::BoxFuture;
use std::fmt;
use std::future::ready;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A store for the tokens of one session, such as a file, a keyring or a row of a database. [`BlockingSessionStore`] is
/// the counterpart for a blocking client.
///
/// A session calls one method at a time. The methods must not call the session. Their futures must complete: the
/// callers of the session wait for them, unless the access token is still valid. See the chapter on
/// [sessions](crate::guide::sessions#a-store-of-your-own) for an implementation.
///
/// ```
/// use cognito_userpools::session::{SavedSession, SessionStore, StoreError};
/// use cognito_userpools::cognito_op::transport::BoxFuture;
///
/// # async fn run(sql: &str, parameters: &[&str]) -> Result<Option<String>, std::io::Error> { Ok(None) }
/// /// A row of a table.
/// struct Row(String);
///
/// impl SessionStore for Row {
///     fn load(&self) -> BoxFuture<'_, Result<Option<SavedSession>, StoreError>> {
///         Box::pin(async {
///             let json = run("SELECT json FROM session WHERE id = $1", &[&self.0]).await?;
///             Ok(json.map(|json| SavedSession::from_json(&json)).transpose()?)
///         })
///     }
///     fn save<'a>(
///         &'a self,
///         session: &'a SavedSession,
///     ) -> BoxFuture<'a, Result<(), StoreError>> {
///         Box::pin(async {
///             run("UPDATE session SET json = $2 WHERE id = $1", &[&self.0, &session.to_json()])
///                 .await?;
///             Ok(())
///         })
///     }
///     fn clear(&self) -> BoxFuture<'_, Result<(), StoreError>> {
///         Box::pin(async {
///             run("DELETE FROM session WHERE id = $1", &[&self.0]).await?;
///             Ok(())
///         })
///     }
/// }
/// ```
pub trait SessionStore: Send + Sync {
    /// Returns the session that was saved last, or `None` if there is none.
    ///
    /// # Errors
    ///
    /// The future returns an error if the session cannot be read.
    fn load(&self) -> BoxFuture<'_, Result<Option<SavedSession>, StoreError>>;

    /// Replaces the session as a whole. If it fails, or the program ends during it, the previous session must remain.
    ///
    /// # Errors
    ///
    /// The future returns an error if the session was not saved.
    fn save<'a>(&'a self, session: &'a SavedSession) -> BoxFuture<'a, Result<(), StoreError>>;

    /// Removes the session. It succeeds if there is none.
    ///
    /// # Errors
    ///
    /// The future returns an error if the session may still be there.
    fn clear(&self) -> BoxFuture<'_, Result<(), StoreError>>;
}

/// The blocking counterpart of [`SessionStore`].
///
/// ```
/// use cognito_userpools::session::{BlockingSessionStore, SavedSession, StoreError};
/// # struct Entry;
/// # impl Entry {
/// #     fn get(&self) -> Result<Option<String>, std::io::Error> { Ok(None) }
/// #     fn set(&self, _: &str) -> Result<(), std::io::Error> { Ok(()) }
/// #     fn delete(&self) -> Result<(), std::io::Error> { Ok(()) }
/// # }
///
/// /// An entry of the keyring of the operating system.
/// struct Keyring(Entry);
///
/// impl BlockingSessionStore for Keyring {
///     fn load(&self) -> Result<Option<SavedSession>, StoreError> {
///         Ok(self.0.get()?.map(|json| SavedSession::from_json(&json)).transpose()?)
///     }
///     fn save(&self, session: &SavedSession) -> Result<(), StoreError> {
///         Ok(self.0.set(&session.to_json())?)
///     }
///     fn clear(&self) -> Result<(), StoreError> {
///         Ok(self.0.delete()?)
///     }
/// }
/// ```
pub trait BlockingSessionStore: Send + Sync {
    /// Returns the session that was saved last, or `None` if there is none.
    ///
    /// # Errors
    ///
    /// Returns an error if the session cannot be read.
    fn load(&self) -> Result<Option<SavedSession>, StoreError>;

    /// Replaces the session as a whole. If it fails, or the program ends during it, the previous session must remain.
    ///
    /// # Errors
    ///
    /// Returns an error if the session was not saved.
    fn save(&self, session: &SavedSession) -> Result<(), StoreError>;

    /// Removes the session. It succeeds if there is none.
    ///
    /// # Errors
    ///
    /// Returns an error if the session may still be there.
    fn clear(&self) -> Result<(), StoreError>;
}

impl<S: SessionStore + ?Sized> SessionStore for Arc<S> {
    fn load(&self) -> BoxFuture<'_, Result<Option<SavedSession>, StoreError>> {
        (**self).load()
    }

    fn save<'a>(&'a self, session: &'a SavedSession) -> BoxFuture<'a, Result<(), StoreError>> {
        (**self).save(session)
    }

    fn clear(&self) -> BoxFuture<'_, Result<(), StoreError>> {
        (**self).clear()
    }
}

impl<S: BlockingSessionStore + ?Sized> BlockingSessionStore for Arc<S> {
    fn load(&self) -> Result<Option<SavedSession>, StoreError> {
        (**self).load()
    }

    fn save(&self, session: &SavedSession) -> Result<(), StoreError> {
        (**self).save(session)
    }

    fn clear(&self) -> Result<(), StoreError> {
        (**self).clear()
    }
}

/// A blocking store for the driver, which polls its futures on the thread of a caller.
pub(super) struct Blocks<S>(pub(super) S);

impl<S: BlockingSessionStore> SessionStore for Blocks<S> {
    fn load(&self) -> BoxFuture<'_, Result<Option<SavedSession>, StoreError>> {
        Box::pin(ready(self.0.load()))
    }

    fn save<'a>(&'a self, session: &'a SavedSession) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(ready(self.0.save(session)))
    }

    fn clear(&self) -> BoxFuture<'_, Result<(), StoreError>> {
        Box::pin(ready(self.0.clear()))
    }
}

/// A store in the memory of the program, which is the default. Its clones share the session.
///
/// ```
/// use cognito_userpools::session::{BlockingSessionStore, MemoryStore, StoreError};
///
/// let store = MemoryStore::new();
/// assert!(BlockingSessionStore::load(&store)?.is_none());
/// # Ok::<(), StoreError>(())
/// ```
#[derive(Clone, Default)]
pub struct MemoryStore(Arc<Mutex<Option<SavedSession>>>);

impl MemoryStore {
    /// Creates an empty store.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn lock(&self) -> MutexGuard<'_, Option<SavedSession>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl BlockingSessionStore for MemoryStore {
    fn load(&self) -> Result<Option<SavedSession>, StoreError> {
        Ok(self.lock().clone())
    }

    fn save(&self, session: &SavedSession) -> Result<(), StoreError> {
        *self.lock() = Some(session.clone());
        Ok(())
    }

    fn clear(&self) -> Result<(), StoreError> {
        *self.lock() = None;
        Ok(())
    }
}

impl SessionStore for MemoryStore {
    fn load(&self) -> BoxFuture<'_, Result<Option<SavedSession>, StoreError>> {
        Box::pin(ready(BlockingSessionStore::load(self)))
    }

    fn save<'a>(&'a self, session: &'a SavedSession) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(ready(BlockingSessionStore::save(self, session)))
    }

    fn clear(&self) -> BoxFuture<'_, Result<(), StoreError>> {
        Box::pin(ready(BlockingSessionStore::clear(self)))
    }
}

impl fmt::Debug for MemoryStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryStore").field("is_empty", &self.lock().is_none()).finish()
    }
}
