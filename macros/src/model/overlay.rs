//! Facts about the service beyond its public description: `overlay.txt`, written by hand, a row with its reason on each line.

pub(super) const TEXT: &str = include_str!("overlay.txt");

/// Returns the subject and the rest of each row of a kind.
fn rows(kind: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    TEXT.lines().filter_map(move |line| line.strip_prefix(kind)?.strip_prefix(' ')?.split_once(' '))
}

/// Returns whether an operation is idempotent.
pub(super) fn is_idempotent(operation: &str) -> bool {
    rows("idempotent").any(|row| row.0 == operation)
}

/// Returns the errors that an operation reports although it has been executed.
pub(super) fn executed_despite(operation: &str) -> Vec<&'static str> {
    rows("despite").filter(|row| row.0 == operation).filter_map(|row| row.1.split(' ').next()).collect()
}

/// Returns whether a shape is sensitive although the service does not mark it.
pub(super) fn is_sensitive(shape: &str) -> bool {
    rows("sensitive").any(|row| row.0 == shape)
}

/// Returns the maximum that the service accepts for a shape, if it differs from the published one.
pub(super) fn max(shape: &str) -> Option<i64> {
    let (_, row) = rows("max").find(|row| row.0 == shape)?;
    row.split(' ').next()?.parse().ok()
}
