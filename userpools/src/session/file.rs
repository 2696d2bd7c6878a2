//! A session in a file.

use super::error::StoreError;
use super::saved::SavedSession;
use super::store::{BlockingSessionStore, SessionStore};
use crate::sign_in::random_bytes;
use cognito_op::transport::BoxFuture;
use std::ffi::{OsStr, OsString};
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::future::poll_fn;
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Poll, Waker};
use std::thread;
use zeroize::Zeroizing;

/// The largest file that is read.
const LIMIT: u64 = 1 << 20;

/// A store in a file, for one user of the machine, such as the user of a command-line tool.
///
/// On Unix, the file has the mode 0600 from its creation, and folders that are missing are created with the mode 0700.
/// On other systems, the folder determines who can read it. The tokens in the file are not encrypted.
///
/// A session is written to a temporary file in the same folder, synchronized with the disk, and renamed. The file thus
/// contains either the previous session or the new one. Other processes can use the same file at the same
/// time; see the chapter on [sessions](crate::guide::sessions#several-processes).
///
/// With an asynchronous client, each access to the file runs on a separate thread, since it blocks.
///
/// ```no_run
/// use cognito_userpools::session::{FileStore, Session};
/// use cognito_userpools::blocking;
///
/// fn session(client: &blocking::Client) -> Session<blocking::Client> {
///     let home = std::env::home_dir().unwrap_or_default();
///     let path = home.join(".config/example/session.json");
///     Session::builder(client).store(FileStore::new(path)).build()
/// }
/// ```
#[derive(Clone, Debug)]
pub struct FileStore {
    path: Arc<PathBuf>,
}

impl FileStore {
    /// Creates a store in the file of that path, which need not exist.
    #[must_use]
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: Arc::new(path.into()) }
    }

    /// Returns the path.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn folder(&self) -> &Path {
        self.path.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."))
    }

    /// Returns the start of the names of temporary files.
    fn temporary_prefix(&self) -> OsString {
        let mut prefix = OsString::from(".");
        prefix.push(self.path.file_name().unwrap_or(OsStr::new("session")));
        prefix.push(".tmp-");
        prefix
    }

    fn read(&self) -> io::Result<Option<SavedSession>> {
        let file = match File::open(&*self.path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            file => file?,
        };
        // A string that grows leaves copies of the tokens behind.
        let length = usize::try_from(file.metadata()?.len().min(LIMIT)).unwrap_or_default();
        let mut json = Zeroizing::new(String::with_capacity(length + 1));
        // The rest of a longer file is missing, so it is not valid.
        file.take(LIMIT).read_to_string(&mut json)?;
        SavedSession::from_json(&json).map(Some).map_err(|error| io::Error::new(ErrorKind::InvalidData, error))
    }

    fn write(&self, session: &SavedSession) -> io::Result<()> {
        let json = Zeroizing::new(session.to_json());
        create_folder(self.folder())?;
        let mut name = self.temporary_prefix();
        // Processes in containers that share the folder can have the same id.
        let number = random_bytes().map_err(io::Error::other)?;
        name.push(format!("{:016x}", u64::from_ne_bytes(*number)));
        let temporary = self.folder().join(name);
        let written = new_file(&temporary).and_then(|mut file| {
            file.write_all(json.as_bytes())?;
            file.sync_all()
        });
        let renamed = written.and_then(|()| fs::rename(&temporary, &*self.path));
        if let Err(error) = renamed {
            // The first error counts.
            drop(fs::remove_file(&temporary));
            return Err(error);
        }
        sync_folder(self.folder());
        Ok(())
    }

    /// Removes the file, and temporary files of processes that ended while they wrote.
    fn remove(&self) -> io::Result<()> {
        match fs::remove_file(&*self.path) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let entries = match fs::read_dir(self.folder()) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            entries => entries?,
        };
        let prefix = self.temporary_prefix();
        for entry in entries {
            let entry = entry?;
            if entry.file_name().as_encoded_bytes().starts_with(prefix.as_encoded_bytes()) {
                match fs::remove_file(entry.path()) {
                    Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
                    _ => {}
                }
            }
        }
        sync_folder(self.folder());
        Ok(())
    }

    fn with_path<T>(&self, outcome: io::Result<T>) -> Result<T, StoreError> {
        outcome.map_err(|error| format!("{}: {error}", self.path.display()).into())
    }
}

fn create_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Creates a file that only its owner can read.
fn new_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Synchronizes the names in a folder with the disk, if the system can. The file is replaced or removed already, so a
/// failure is no failure of the store.
fn sync_folder(folder: &Path) {
    // Windows cannot open a folder as a file, and some network file systems cannot synchronize one.
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}

impl BlockingSessionStore for FileStore {
    fn load(&self) -> Result<Option<SavedSession>, StoreError> {
        self.with_path(self.read())
    }

    fn save(&self, session: &SavedSession) -> Result<(), StoreError> {
        self.with_path(self.write(session))
    }

    fn clear(&self) -> Result<(), StoreError> {
        self.with_path(self.remove())
    }
}

impl SessionStore for FileStore {
    fn load(&self) -> BoxFuture<'_, Result<Option<SavedSession>, StoreError>> {
        let store = self.clone();
        Box::pin(on_thread(move || BlockingSessionStore::load(&store)))
    }

    fn save<'a>(&'a self, session: &'a SavedSession) -> BoxFuture<'a, Result<(), StoreError>> {
        let (store, session) = (self.clone(), session.clone());
        Box::pin(on_thread(move || BlockingSessionStore::save(&store, &session)))
    }

    fn clear(&self) -> BoxFuture<'_, Result<(), StoreError>> {
        let store = self.clone();
        Box::pin(on_thread(move || BlockingSessionStore::clear(&store)))
    }
}

/// The result of a thread, and the task that waits for it.
struct Outcome<T> {
    value: Option<Result<T, StoreError>>,
    has_ended: bool,
    waker: Option<Waker>,
}

struct Ends<T>(Arc<Mutex<Outcome<T>>>);

impl<T> Drop for Ends<T> {
    fn drop(&mut self) {
        let mut outcome = lock(&self.0);
        outcome.has_ended = true;
        let waker = outcome.waker.take();
        drop(outcome);
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

/// Runs a function on a separate thread. Dropping the future does not stop it.
async fn on_thread<T: Send + 'static>(
    function: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    let shared = Arc::new(Mutex::new(Outcome { value: None, has_ended: false, waker: None }));
    let ends = Ends(Arc::clone(&shared));
    let thread = thread::Builder::new().name("session store".to_owned());
    thread.spawn(move || {
        let value = function();
        lock(&ends.0).value = Some(value);
    })?;
    poll_fn(|context| {
        let mut outcome = lock(&shared);
        if !outcome.has_ended {
            outcome.waker = Some(context.waker().clone());
            return Poll::Pending;
        }
        Poll::Ready(outcome.value.take().unwrap_or_else(|| Err("the thread of the store has ended".into())))
    })
    .await
}

fn lock<T>(outcome: &Mutex<Outcome<T>>) -> MutexGuard<'_, Outcome<T>> {
    outcome.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sign_in::Tokens;
    use std::process;
    use std::time::SystemTime;

    /// A folder that does not exist, and is removed at the end of the test.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let folder = std::env::temp_dir().join(format!("cognito-session-{}-{name}", process::id()));
            drop(fs::remove_dir_all(&folder));
            Self(folder)
        }

        fn names(&self) -> Vec<OsString> {
            fs::read_dir(&self.0).expect("the folder").map(|entry| entry.expect("an entry").file_name()).collect()
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            drop(fs::remove_dir_all(&self.0));
        }
    }

    fn session(token: &str) -> SavedSession {
        let mut tokens = Tokens::new(token);
        tokens.refresh_token = Some(format!("refresh {token}"));
        SavedSession::new(tokens, SystemTime::now())
    }

    #[test]
    fn a_session_is_saved_replaced_and_removed() {
        let folder = Folder::new("saved");
        let store = FileStore::new(folder.0.join("a/session.json"));
        assert_eq!(store.read().expect("no file"), None);
        store.remove().expect("no file, no folder");
        for token in ["first", "second \"quoted\" \u{1F512}"] {
            let session = session(token);
            store.write(&session).expect("a file");
            let restored = store.read().expect("a file").expect("a session");
            assert_eq!(restored.tokens().access_token, token);
            assert_eq!(restored.tokens().refresh_token, session.tokens().refresh_token);
            assert_eq!(restored.expires_at(), session.expires_at());
        }
        let folder = Folder(folder.0.join("a"));
        assert_eq!(folder.names(), ["session.json"]);
        fs::write(folder.0.join(".session.json.tmp-1-0"), "of a process that ended").expect("a file");
        fs::write(folder.0.join("other"), "of another program").expect("a file");
        store.remove().expect("it is removed");
        assert_eq!(folder.names(), ["other"]);
    }

    #[test]
    fn failures_are_errors() {
        let folder = Folder::new("failures");
        fs::create_dir_all(&folder.0).expect("a folder");
        // A folder in the place of the file, a file in the place of the folder, and a folder with the name of a
        // temporary file.
        assert!(FileStore::new(&folder.0).read().is_err());
        assert!(FileStore::new(&folder.0).remove().is_err());
        fs::write(folder.0.join("file"), "").expect("a file");
        // On Windows, the second path does not exist.
        assert_eq!(FileStore::new(folder.0.join("file/session")).read().is_err(), cfg!(unix));
        fs::create_dir(folder.0.join(".session.tmp-1")).expect("a folder");
        assert!(FileStore::new(folder.0.join("session")).remove().is_err());
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_can_read() {
        use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
        let folder = Folder::new("mode");
        let store = FileStore::new(folder.0.join("session.json"));
        let mode = |path: &Path| fs::metadata(path).expect("it exists").mode() & 0o777;
        let temporary = folder.0.join("temporary");
        create_folder(&folder.0).expect("a folder");
        drop(new_file(&temporary).expect("a file"));
        assert_eq!((mode(&folder.0), mode(&temporary)), (0o700, 0o600), "before anything is written");
        assert_eq!(new_file(&temporary).expect_err("it exists").kind(), ErrorKind::AlreadyExists);
        // A file that others can read is replaced, not written to.
        fs::write(store.path(), "{}").expect("a file");
        fs::set_permissions(store.path(), fs::Permissions::from_mode(0o644)).expect("its mode");
        store.write(&session("token")).expect("a file");
        assert_eq!(mode(store.path()), 0o600);
    }

    #[test]
    fn a_failed_save_keeps_the_previous_session() {
        let folder = Folder::new("failed");
        let store = FileStore::new(folder.0.join("session.json"));
        store.write(&session("first")).expect("a file");
        fs::remove_file(store.path()).expect("a file");
        fs::create_dir_all(store.path().join("not empty")).expect("a folder in its place");
        let error = BlockingSessionStore::save(&store, &session("canary")).expect_err("it cannot be replaced");
        assert!(error.to_string().contains("session.json") && !error.to_string().contains("canary"), "{error}");
        assert_eq!(folder.names(), ["session.json"], "no temporary file");
    }

    /// Processes in containers often have the same id.
    #[test]
    fn files_of_other_processes_are_no_obstacle() {
        let folder = Folder::new("others");
        let store = FileStore::new(folder.0.join("session.json"));
        create_folder(&folder.0).expect("a folder");
        for number in 0..64 {
            let name = format!(".session.json.tmp-{}-{number}", process::id());
            fs::write(folder.0.join(name), "").expect("a file");
        }
        store.write(&session("token")).expect("a file");
        assert_eq!(folder.names().len(), 65, "they are not removed");
    }

    #[test]
    fn files_that_are_no_session_are_errors_without_their_text() {
        let folder = Folder::new("broken");
        fs::create_dir_all(&folder.0).expect("a folder");
        let store = FileStore::new(folder.0.join("session.json"));
        let long = format!("{{\"version\":1,\"access_token\":\"{}", "canary".repeat(300_000));
        for broken in ["", "{", "canary", "[]", r#"{"version":1,"access_token":"canary"}"#, r#"{"version":2}"#, &long] {
            fs::write(store.path(), broken).expect("a file");
            let error = BlockingSessionStore::load(&store).expect_err("no session");
            assert!(!format!("{error:?} {error}").contains("canary"), "{error}");
        }
    }

    #[test]
    fn a_panic_in_the_thread_is_an_error() {
        let outcome = cognito_op::blocking::wait(on_thread(|| -> Result<(), StoreError> { panic!("on purpose") }));
        assert_eq!(outcome.expect_err("it panicked").to_string(), "the thread of the store has ended");
        let outcome = cognito_op::blocking::wait(on_thread(|| Ok(5)));
        assert_eq!(outcome.expect("a number"), 5);
    }
}
