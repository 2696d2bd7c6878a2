//! Random bytes.

use cognito_op::Error;
use zeroize::Zeroizing;

/// Returns random bytes from the operating system.
pub(crate) fn random_bytes<const LENGTH: usize>() -> Result<Zeroizing<[u8; LENGTH]>, Error> {
    let mut bytes = Zeroizing::new([0; LENGTH]);
    getrandom::fill(&mut bytes[..])
        .map_err(|error| Error::misconfigured(format!("the operating system has no random bytes: {error}")))?;
    Ok(bytes)
}
