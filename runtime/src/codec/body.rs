//! The bodies of requests and responses.

use bytes::Bytes;
use std::fmt;

/// The body of a request or a response. `Debug` shows only its length, since it may contain secrets.
///
/// A clone shares the bytes.
///
/// ```
/// use cognito_op::Body;
///
/// let body = Body::from(r#"{"Password":"correct horse"}"#);
/// assert_eq!(body.as_bytes().len(), 28);
/// assert_eq!(format!("{body:?}"), "Body(28 bytes)");
/// assert_eq!(body.into_bytes().len(), 28);
/// ```
#[derive(Clone, Default)]
pub struct Body(Bytes);

impl Body {
    /// Returns the bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Returns the bytes without copying them.
    #[must_use]
    pub fn into_bytes(self) -> Bytes {
        self.0
    }
}

/// Converts from [`Bytes`], `String`, `Vec<u8>`, `&'static str` and the other types that convert into [`Bytes`].
impl<T: Into<Bytes>> From<T> for Body {
    fn from(bytes: T) -> Self {
        Self(bytes.into())
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Body({} bytes)", self.0.len())
    }
}
