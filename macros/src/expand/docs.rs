//! The documentation of what is generated, which reads like the API reference without its sentences.

use crate::check::{AutoFill, Constraints, Member, Operation};
use crate::syntax::Bounds;

/// A member and its constraints in one line: `` `ClientId`: 1 to 128 characters that match `[\w+]+`. ``
pub(super) fn member(member: &Member) -> String {
    let mut parts = constraints(&member.constraints);
    match &member.filled {
        Some(AutoFill::SecretHash(_)) => parts.push("filled in by a client with an app client's secret".to_owned()),
        Some(AutoFill::SecretHashEntry { key, .. }) => {
            parts.push(format!("its entry `{key}` filled in by a client with an app client's secret"));
        }
        Some(AutoFill::ClientSecret(_)) => parts.push("filled in with the app client's secret".to_owned()),
        None => {}
    }
    if member.sensitive {
        parts.push("never shown by `Debug`".to_owned());
    }
    let text = if parts.is_empty() { String::new() } else { format!(": {}", parts.join("; ")) };
    format!("`{}`{text}.", member.wire)
}

/// What `new` makes.
pub(super) fn new(name: &str, required: &[&Member]) -> String {
    if required.is_empty() {
        return format!("`{name}` with no member set.");
    }
    let first = format!("`{name}` with its required members; the optional ones are left out until they are set.\n");
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
        // A pattern may hold the mark that ends code.
        let fence = if pattern.text.contains('`') { "``" } else { "`" };
        parts.push(format!("matches {fence}{}{fence}", pattern.text));
    }
    for (what, entries) in [("key", &constraints.keys), ("entry", &constraints.entries)] {
        if let Some(entries) = entries {
            parts.push(format!("each {what} {}", self::constraints(entries).join(" and ")));
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

/// What `send` does, and what it may end with.
pub(super) fn send(operation: &Operation) -> String {
    let target = &operation.target;
    let idempotent = if operation.idempotent {
        "Carrying it out twice does no more than once."
    } else {
        "Carrying it out twice is not the same as once: where an error says that it may have been carried out, a second call \
         may do it again."
    };
    let mut errors =
        "A request with violations is not sent. An error says whether the operation may have been carried out."
            .to_owned();
    if !operation.errors.is_empty() {
        let codes: Vec<String> = operation.errors.iter().map(|error| format!("`{error}`")).collect();
        let codes = codes.join(", ");
        errors = format!("{errors} The service answers with {codes}, or an error common to all AWS services.");
    }
    let parts = [
        format!("Sends `{target}`."),
        "The request is checked and serialized before this returns; the future borrows only the client.".to_owned(),
        idempotent.to_owned(),
        reference(operation),
        "# Errors".to_owned(),
        errors,
    ];
    parts.join("\n\n")
}

/// Where the operation stands in the public API reference, if it does.
fn reference(operation: &Operation) -> String {
    const API: &str = "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference";
    let target = &operation.target;
    if operation.errors.is_empty() {
        String::new()
    } else {
        format!("[{target} in the API reference]({API}/API_{target}.html)")
    }
}
