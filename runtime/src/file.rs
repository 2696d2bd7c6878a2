//! The files to which settings refer.

#![allow(
    clippy::disallowed_types,
    reason = "the core reads files only for `from_env`, `from_profile` and `Profiles::load`"
)]

use std::fs::File;
use std::io::{self, ErrorKind, Read as _};
use std::path::Path;

/// The size of the largest file that is read.
pub(crate) const LIMIT: u64 = 16 * 1024 * 1024;

/// Reads a regular file. A device or a pipe could block, or never end.
pub(crate) fn read(path: &Path) -> io::Result<Vec<u8>> {
    if !path.metadata()?.is_file() {
        return Err(io::Error::new(ErrorKind::NotFound, "it is not a regular file"));
    }
    let file = File::open(path)?;
    // A buffer that grows would leave copies of its content.
    let mut content = Vec::with_capacity(usize::try_from(file.metadata()?.len().min(LIMIT)).unwrap_or_default() + 1);
    file.take(LIMIT + 1).read_to_end(&mut content)?;
    if content.len() as u64 > LIMIT {
        return Err(io::Error::new(ErrorKind::FileTooLarge, "it is larger than 16 MiB"));
    }
    Ok(content)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_have_an_end() {
        let path = std::env::temp_dir().join(format!("cognito-op-{}", std::process::id()));
        let file = File::create(&path).expect("a file");
        let read = |length| {
            file.set_len(length).expect("a length");
            read(&path).map(|content| content.len() as u64).map_err(|error| error.to_string())
        };
        assert_eq!((read(0), read(LIMIT)), (Ok(0), Ok(LIMIT)));
        assert_eq!(read(LIMIT + 1), Err("it is larger than 16 MiB".to_owned()));
        std::fs::remove_file(&path).expect("the file");
        assert!(super::read(&std::env::temp_dir()).is_err(), "a folder");
        #[cfg(unix)]
        assert!(super::read(Path::new("/dev/zero")).is_err(), "a device has no end");
    }
}
