//! Requirements beyond the pool, the app client and the time.

use super::error::{VerifyError, VerifyReason};
use super::jwt::{Claim, Claims};
use super::token::{Use, scopes};
use serde_json::Value;
use std::fmt;
use std::sync::Arc;

/// Requirements on the groups, the scopes and other claims of a token. A token must meet all of them; the status of the
/// error is 403 otherwise.
///
/// ```
/// use cognito_userpools::verify::{Requirements, Verifier};
///
/// fn administrators(verifier: &Verifier) -> Verifier {
///     let requirements = Requirements::new()
///         .any_group(["admin", "owner"])
///         .all_scopes(["files/read", "files/write"])
///         .check("tenant", |claims| claims["tenant"] == "blue");
///     verifier.requiring(requirements)
/// }
/// ```
#[derive(Clone, Default)]
pub struct Requirements(Vec<Requirement>);

#[derive(Clone)]
enum Requirement {
    AnyGroup(Vec<String>),
    AllGroups(Vec<String>),
    AnyScope(Vec<String>),
    AllScopes(Vec<String>),
    Check { name: &'static str, check: Arc<Check> },
}

type Check = dyn Fn(&Value) -> bool + Send + Sync;

impl Requirements {
    /// Creates requirements that every token meets.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Requires at least one of the groups. Group names are compared exactly. An empty list is never met.
    #[must_use]
    pub fn any_group<S: Into<String>>(self, groups: impl IntoIterator<Item = S>) -> Self {
        self.with(Requirement::AnyGroup(groups.into_iter().map(Into::into).collect()))
    }

    /// Requires all of the groups.
    #[must_use]
    pub fn all_groups<S: Into<String>>(self, groups: impl IntoIterator<Item = S>) -> Self {
        self.with(Requirement::AllGroups(groups.into_iter().map(Into::into).collect()))
    }

    /// Requires at least one of the scopes, such as `files/read`. An empty list is never met. Identity tokens have no scopes,
    /// so they do not meet it.
    #[must_use]
    pub fn any_scope<S: Into<String>>(self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.with(Requirement::AnyScope(scopes.into_iter().map(Into::into).collect()))
    }

    /// Requires all of the scopes. An empty list is always met. Identity tokens have no scopes, so they do not meet it.
    #[must_use]
    pub fn all_scopes<S: Into<String>>(self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.with(Requirement::AllScopes(scopes.into_iter().map(Into::into).collect()))
    }

    /// Requires that a function returns `true` for the claims, a JSON object. The error contains the name of the check.
    ///
    /// The function is called after all other checks, so it can trust the claims. A claim that is missing is
    /// [`Value::Null`].
    #[must_use]
    pub fn check(self, name: &'static str, check: impl Fn(&Value) -> bool + Send + Sync + 'static) -> Self {
        self.with(Requirement::Check { name, check: Arc::new(check) })
    }

    /// Adds other requirements.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    fn with(mut self, requirement: Requirement) -> Self {
        self.0.push(requirement);
        self
    }

    pub(super) fn verify(&self, claims: &Claims, usage: Use) -> Result<(), VerifyError> {
        let has_group = |group: &String| claims.texts(Claim::Groups).any(|found| found == group);
        // In an identity token, `scope` is a claim of the program.
        let has_scope = |scope: &String| usage == Use::Access && scopes(claims).any(|found| found == scope);
        for requirement in &self.0 {
            let (is_met, reason, claim, detail, names) = match requirement {
                Requirement::AnyGroup(groups) => (
                    groups.iter().any(has_group),
                    VerifyReason::Group,
                    "cognito:groups",
                    "lacks a required group",
                    groups,
                ),
                Requirement::AllGroups(groups) => (
                    groups.iter().all(has_group),
                    VerifyReason::Group,
                    "cognito:groups",
                    "lacks a required group",
                    groups,
                ),
                Requirement::AnyScope(scopes) => {
                    (scopes.iter().any(has_scope), VerifyReason::Scope, "scope", "lacks a required scope", scopes)
                }
                Requirement::AllScopes(scopes) => {
                    (scopes.iter().all(has_scope), VerifyReason::Scope, "scope", "lacks a required scope", scopes)
                }
                Requirement::Check { name, check } => {
                    // The claims are JSON, so it does not fail; if it did, a check could pass without them.
                    let value = claims.json.parse::<Value>();
                    if !value.is_ok_and(|value| check(&value)) {
                        return Err(
                            VerifyError::new(VerifyReason::Check, "").text(format!("the check `{name}` failed"))
                        );
                    }
                    continue;
                }
            };
            if !is_met {
                let any = matches!(requirement, Requirement::AnyGroup(_) | Requirement::AnyScope(_));
                let expected = format!("{} of {}", if any { "one" } else { "all" }, names.join(", "));
                let error = VerifyError::claim(reason, claim, detail).expecting(expected);
                return Err(if reason == VerifyReason::Scope { error.requiring(names) } else { error });
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Requirements {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let show = |requirement: &Requirement| match requirement {
            Requirement::AnyGroup(groups) => format!("any group of {groups:?}"),
            Requirement::AllGroups(groups) => format!("all groups of {groups:?}"),
            Requirement::AnyScope(scopes) => format!("any scope of {scopes:?}"),
            Requirement::AllScopes(scopes) => format!("all scopes of {scopes:?}"),
            Requirement::Check { name, .. } => format!("check {name}"),
        };
        f.debug_list().entries(self.0.iter().map(show)).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLAIMS: &str = r#"{"cognito:groups":["a","b"],"scope":"read write","tenant":"blue"}"#;

    /// Returns the reason of the error, and the expected value.
    fn failure(requirements: &Requirements, usage: Use) -> Option<(VerifyReason, Option<String>)> {
        let claims = Claims::read(CLAIMS.to_owned()).expect("an object");
        let error = requirements.verify(&claims, usage).err()?;
        Some((error.reason(), error.expected().map(str::to_owned)))
    }

    #[test]
    fn groups_and_scopes_are_required() {
        let new = Requirements::new;
        let (group, scope) = (VerifyReason::Group, VerifyReason::Scope);
        for (requirements, expected) in [
            (new(), None),
            (new().any_group(["x", "b"]), None),
            (new().any_group(["x", "B"]), Some((group, "one of x, B"))),
            (new().any_group([""; 0]), Some((group, "one of "))),
            (new().all_groups(["b", "a"]), None),
            (new().all_groups([""; 0]), None),
            (new().all_groups(["a", "x"]), Some((group, "all of a, x"))),
            (new().any_scope(["x", "write"]), None),
            (new().any_scope(["x", "read write"]), Some((scope, "one of x, read write"))),
            (new().any_scope([""; 0]), Some((scope, "one of "))),
            (new().all_scopes(["write", "read"]), None),
            (new().all_scopes([""; 0]), None),
            (new().all_scopes(["read", "x"]), Some((scope, "all of read, x"))),
            (new().any_group(["a"]).and(new().any_scope(["x"])), Some((scope, "one of x"))),
        ] {
            let expected = expected.map(|(reason, text)| (reason, Some(text.to_owned())));
            assert_eq!(failure(&requirements, Use::Access), expected, "{requirements:?}");
        }
        let identity = failure(&new().any_scope(["read"]), Use::Id);
        assert_eq!(identity, Some((scope, Some("one of read".to_owned()))), "the scope of an identity token");
        assert_eq!(failure(&new().any_group(["a"]), Use::Id), None);
    }

    #[test]
    fn checks_are_called_with_the_claims() {
        let tenant = |name: &'static str| Requirements::new().check("tenant", move |claims| claims["tenant"] == name);
        assert_eq!(failure(&tenant("blue"), Use::Id), None);
        assert_eq!(failure(&tenant("red"), Use::Id), Some((VerifyReason::Check, None)));
    }

    #[test]
    fn debug_shows_the_names() {
        let requirements = Requirements::new().any_group(["a"]).all_groups(["b"]).any_scope(["c"]).all_scopes(["d"]);
        assert_eq!(
            format!("{:?}", requirements.check("tenant", |_| true)),
            r#"["any group of [\"a\"]", "all groups of [\"b\"]", "any scope of [\"c\"]", "all scopes of [\"d\"]", "check tenant"]"#
        );
    }
}
