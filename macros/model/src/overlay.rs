//! Facts about the service beyond its public description: `overlay.txt`, written by hand, a row with its reason on each line.

/// The rows of an overlay.
#[derive(Clone, Copy)]
pub(crate) struct Overlay(pub(crate) &'static str);

impl Overlay {
    pub(crate) const SERVICE: Self = Self(include_str!("overlay.txt"));
    /// The overlay of a table that is read as published.
    pub(crate) const NONE: Self = Self("");

    /// Returns the subject and the rest of each row of a kind.
    fn rows(self, kind: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.0.lines().filter_map(move |line| line.strip_prefix(kind)?.strip_prefix(' ')?.split_once(' '))
    }

    /// Returns whether an operation is called without AWS credentials although the service does not mark it.
    pub(crate) fn is_unsigned(self, operation: &str) -> bool {
        self.rows("unsigned").any(|row| row.0 == operation)
    }

    /// Returns whether an operation is idempotent.
    pub(crate) fn is_idempotent(self, operation: &str) -> bool {
        self.rows("idempotent").any(|row| row.0 == operation)
    }

    /// Returns the errors that an operation reports although it has been executed.
    pub(crate) fn executed_despite(self, operation: &str) -> Vec<&'static str> {
        self.rows("despite").filter(|row| row.0 == operation).filter_map(|row| row.1.split(' ').next()).collect()
    }

    /// Returns whether a shape is sensitive although the service does not mark it.
    pub(crate) fn is_sensitive(self, shape: &str) -> bool {
        self.rows("sensitive").any(|row| row.0 == shape)
    }

    /// Returns whether a response may lack a member although the service marks it as required.
    pub(crate) fn is_optional(self, shape: &str, member: &str) -> bool {
        self.rows("optional").any(|row| row.0.split_once('.') == Some((shape, member)))
    }

    /// Returns the maximum that the service accepts for a shape, if it differs from the published one.
    pub(crate) fn max(self, shape: &str) -> Option<i64> {
        let (_, row) = self.rows("max").find(|row| row.0 == shape)?;
        row.split(' ').next()?.parse().ok()
    }

    /// Returns the pattern that the service checks for a shape, if it differs from the published one.
    pub(crate) fn pattern(self, shape: &str) -> Option<&'static str> {
        let (_, row) = self.rows("pattern").find(|row| row.0 == shape)?;
        row.split(' ').next()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OVERLAY: Overlay = Overlay(
        "unsigned A why\nidempotent B why\ndespite C First why\ndespite C Second why\ndespite D Third why\n\
         sensitive S why\noptional S.member why\nmax S 12 why\npattern S [a-z]+ why\n",
    );

    #[test]
    fn rows_apply_to_their_subject() {
        assert!(OVERLAY.is_unsigned("A") && !OVERLAY.is_unsigned("B"));
        assert!(OVERLAY.is_idempotent("B") && !OVERLAY.is_idempotent("A"));
        assert_eq!(OVERLAY.executed_despite("C"), ["First", "Second"]);
        assert_eq!(OVERLAY.executed_despite("D"), ["Third"]);
        assert_eq!(OVERLAY.executed_despite("A"), [""; 0]);
        assert!(OVERLAY.is_sensitive("S") && !OVERLAY.is_sensitive("T"));
        assert!(OVERLAY.is_optional("S", "member") && !OVERLAY.is_optional("S", "other"));
        assert!(!OVERLAY.is_optional("T", "member"));
        assert_eq!((OVERLAY.max("S"), OVERLAY.max("T")), (Some(12), None));
        assert_eq!((OVERLAY.pattern("S"), OVERLAY.pattern("T")), (Some("[a-z]+"), None));
    }
}
