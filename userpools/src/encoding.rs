//! Percent-encoding of queries and forms (`application/x-www-form-urlencoded`).

use std::fmt::Write as _;
use zeroize::Zeroizing;

/// Encodes all characters but the [unreserved](https://www.rfc-editor.org/rfc/rfc3986#section-2.3) ones. A space
/// becomes `%20`, which is a space in a form as well.
pub(crate) fn encode(text: &str) -> Zeroizing<String> {
    let mut encoded = Zeroizing::new(String::with_capacity(3 * text.len()));
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // A string can be written.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// Encodes the parameters of a query or a form.
pub(crate) fn form<'p>(parameters: impl IntoIterator<Item = (&'p str, &'p str)>) -> String {
    let mut form = String::new();
    for (name, value) in parameters {
        if !form.is_empty() {
            form.push('&');
        }
        form.push_str(name);
        form.push('=');
        form.push_str(&encode(value));
    }
    form
}

/// Decodes a name or a value of a query. Returns `None` if an escape is not valid, or if the bytes are not UTF-8.
#[cfg(feature = "oauth")]
pub(crate) fn decode(text: &str) -> Option<String> {
    let digit = |byte: &u8| char::from(*byte).to_digit(16);
    let (mut decoded, mut rest) = (Vec::with_capacity(text.len()), text.as_bytes());
    while let [first, others @ ..] = rest {
        rest = match (first, others) {
            (b'%', [high, low, others @ ..]) => {
                decoded.push(u8::try_from(16 * digit(high)? + digit(low)?).ok()?);
                others
            }
            (b'%', _) => return None,
            (b'+', _) => {
                decoded.push(b' ');
                others
            }
            _ => {
                decoded.push(*first);
                others
            }
        };
    }
    String::from_utf8(decoded).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_but_unreserved_characters_are_encoded() {
        assert_eq!(*encode("azAZ09-._~"), "azAZ09-._~");
        assert_eq!(*encode("a b+c&d=e/é\0"), "a%20b%2Bc%26d%3De%2F%C3%A9%00");
        assert_eq!(form([("a", "1 2"), ("b", "&"), ("c", "")]), "a=1%202&b=%26&c=");
    }

    #[test]
    #[cfg(feature = "oauth")]
    fn decoding_is_strict() {
        for text in ["", "a b+c&d=e/é\0", "100%", "%41"] {
            assert_eq!(decode(&encode(text)).as_deref(), Some(text));
        }
        assert_eq!(decode("a+b%2bc%c3%A9").as_deref(), Some("a b+cé"));
        for wrong in ["%", "a%4", "%4g", "%+1", "%ff", "%c3"] {
            assert_eq!(decode(wrong), None, "{wrong}");
        }
    }
}
