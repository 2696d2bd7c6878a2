//! Checks values against their constraints.

mod checker;
mod message;
#[cfg(feature = "serde")]
mod serialize;
#[cfg(test)]
mod tests;
mod violation;

pub use checker::Checker;
pub use violation::{Unit, Violation, ViolationKind, Violations};

/// Returns a name in lowerCamelCase, as the service writes it in paths: `clientId` for `ClientId`.
fn lower_camel(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().into_iter().flat_map(char::to_lowercase).chain(letters).collect()
}
