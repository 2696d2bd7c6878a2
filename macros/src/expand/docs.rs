//! The documentation of what is generated, which reads like the API reference without its sentences.

use crate::check::{Constraints, Filled, Member, Operation};
use crate::syntax::Bounds;

/// A member and its constraints in one line: `` `ClientId`: 1 to 128 characters that match `[\w+]+`. ``
pub(super) fn member(member: &Member) -> String {
    let mut parts = constraints(&member.constraints);
    match &member.filled {
        Some(Filled::SecretHash(_)) => parts.push("filled in by a client with an app client's secret".to_owned()),
        Some(Filled::SecretHashEntry { key, .. }) => {
            parts.push(format!("its entry `{key}` filled in by a client with an app client's secret"));
        }
        Some(Filled::ClientSecret(_)) => parts.push("filled in with the app client's secret".to_owned()),
        None => {}
    }
    if member.sensitive {
        parts.push("never shown".to_owned());
    }
    let text = if parts.is_empty() { String::new() } else { format!(": {}", parts.join("; ")) };
    format!("`{}`{text}.", member.wire)
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
    let mut text = format!(
        "Sends `{target}`.\n\nThe request is checked and serialized before this returns; the future borrows only the client.\n\n"
    );
    text += if operation.replay {
        "Carrying it out twice does no more than once.\n\n"
    } else {
        "Carrying it out twice is not the same as once: where the error says that it may have been carried out, a second call may do it again.\n\n"
    };
    text += "# Errors\n\nA request with violations is not sent. An error says whether the operation may have been carried out.";
    if !operation.errors.is_empty() {
        let errors: Vec<String> = operation.errors.iter().map(|error| format!("`{error}`")).collect();
        text += &format!(" The service answers with {}, or an error common to all AWS services.", errors.join(", "));
        text += &format!(
            "\n\nIn the API reference: [{target}](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_{target}.html)."
        );
    }
    text
}
