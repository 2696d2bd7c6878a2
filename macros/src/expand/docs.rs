//! The documentation of the generated methods.

use crate::check::{AutoFill, Bounds, Constraints, Member, Operation};

/// Describes a member and its constraints in one line: `` `ClientId`: length 1 to 128; matches `[\w+]+`. ``
pub(super) fn member(member: &Member) -> String {
    let mut parts = constraints(&member.constraints);
    match &member.auto_fill {
        Some(AutoFill::SecretHash(_)) => parts.push("computed by a client that has the app client's secret".to_owned()),
        Some(AutoFill::SecretHashEntry { key, .. }) => {
            parts.push(format!("entry `{key}` computed by a client that has the app client's secret"));
        }
        Some(AutoFill::ClientId { .. }) => parts.push("filled in with the app client's id".to_owned()),
        Some(AutoFill::ClientSecret { .. }) => parts.push("filled in with the app client's secret".to_owned()),
        None => {}
    }
    if member.sensitive {
        parts.push("redacted by `Debug`".to_owned());
    }
    let text = if parts.is_empty() { String::new() } else { format!(": {}", parts.join("; ")) };
    format!("`{}`{text}.", member.wire)
}

/// The documentation of `new`.
pub(super) fn new(name: &str, required: &[&Member]) -> String {
    if required.is_empty() {
        return format!("Creates `{name}` without any members set.");
    }
    let first = format!("Creates `{name}` with its required members. The optional members are not set.\n");
    let members = required.iter().map(|required| format!("- {}", member(required)));
    [first].into_iter().chain(members).collect::<Vec<_>>().join("\n")
}

fn constraints(constraints: &Constraints) -> Vec<String> {
    let mut parts = Vec::new();
    if let Some(bounds) = constraints.length {
        parts.push(format!("length {}", within(bounds)));
    }
    if let Some(bounds) = constraints.range {
        parts.push(within(bounds));
    }
    if let Some(pattern) = &constraints.pattern {
        // A pattern may contain a backtick.
        let fence = if pattern.text.contains('`') { "``" } else { "`" };
        parts.push(format!("matches {fence}{}{fence}", pattern.text));
    }
    for (what, entries) in [("key", &constraints.keys), ("entry", &constraints.entries)] {
        if let Some(entries) = entries {
            parts.push(format!("{} for each {what}", self::constraints(entries).join(" and ")));
        }
    }
    parts
}

fn within<N: ToString>(bounds: Bounds<N>) -> String {
    match (bounds.min.map(|min| min.to_string()), bounds.max.map(|max| max.to_string())) {
        (Some(min), Some(max)) if min == max => min,
        (Some(min), Some(max)) => format!("{min} to {max}"),
        (Some(min), None) => format!("at least {min}"),
        (None, Some(max)) => format!("at most {max}"),
        (None, None) => "any".to_owned(),
    }
}

/// The documentation of `send`.
pub(super) fn send(operation: &Operation) -> String {
    let target = &operation.target;
    let idempotent = if operation.idempotent {
        "The operation is idempotent."
    } else {
        "The operation is not idempotent: if an error reports that it may have executed, sending the request again may \
         execute it a second time."
    };
    let mut errors =
        "Returns an error if the request violates a constraint, in which case it is not sent, or if the call fails. \
         `may_have_executed` returns whether the operation may have executed."
            .to_owned();
    if !operation.errors.is_empty() {
        let codes: Vec<String> = operation.errors.iter().map(|error| format!("`{error}`")).collect();
        let codes = codes.join(", ");
        errors = format!("{errors} The service returns the errors {codes} and those common to all AWS services.");
    }
    let parts = [
        format!("Sends `{target}`."),
        "The request is validated and serialized before `send` returns. The future borrows only the client.".to_owned(),
        idempotent.to_owned(),
        reference(operation),
        "# Errors".to_owned(),
        errors,
    ];
    parts.join("\n\n")
}

/// Returns a link to the API reference, if the operation is published.
fn reference(operation: &Operation) -> String {
    const API: &str = "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference";
    let target = &operation.target;
    if operation.errors.is_empty() {
        String::new()
    } else {
        format!("[{target} in the API reference]({API}/API_{target}.html)")
    }
}
