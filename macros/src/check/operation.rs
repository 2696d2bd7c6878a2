//! A struct with `#[cognito_op]`.

use super::member::Role;
use super::pagination::{self, Paginated};
use super::secret_hash::SecretHash;
use super::structure::Structure;
use super::suggestion::suggest;
use super::type_assertion::TypeAssertion;
use crate::diagnostic::{Diagnostics, Message};
use crate::syntax::{AttributeMacro, Body, Item, Options, lifetime};
use cognito_op_model::{self as model, SERVICE};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident};
use syn::ext::IdentExt;
use syn::{LitStr, Type};

/// A checked operation.
pub(crate) struct Operation {
    pub(crate) structure: Structure,
    pub(crate) target: String,
    /// The response type, or `None` if the output has no members.
    pub(crate) response: Option<TokenStream>,
    /// The index of the member with the id of the app client that the operation is called for.
    pub(crate) client_id: Option<usize>,
    pub(crate) secret_hash: Option<SecretHash>,
    pub(crate) signed: bool,
    pub(crate) idempotent: bool,
    pub(crate) paginated: Option<Paginated>,
    /// The published errors, for the documentation.
    pub(crate) errors: Vec<&'static str>,
    pub(crate) executed_despite: Vec<&'static str>,
    /// The check of the response type that is left to the compiler.
    pub(crate) assertion: Option<TypeAssertion>,
}

impl Operation {
    pub(crate) fn check(item: Item, diagnostics: &mut Diagnostics) -> Option<Self> {
        let Item { options, vis, ident, generics, allowed, body } = item;
        let Body::Struct(fields) = body else { return None };
        let target = target(&options, &ident, diagnostics);
        let published = target.as_ref().and_then(|target| published(target, &options, diagnostics));
        let response = match &options.response {
            Some(ty) => Some(ty.to_token_stream()),
            None if published.as_ref().is_some_and(has_no_output) => None,
            // If there is no such type, the compiler reports it at the target, beside which the option `response` belongs.
            None => {
                let at = options.target.as_ref().map_or(ident.span(), LitStr::span);
                Some(format_ident!("{ident}Response", span = Span::call_site().located_at(at)).into_token_stream())
            }
        };
        if let Some(lifetime) = options.response.as_ref().and_then(lifetime) {
            diagnostics.push(lifetime, Message::BorrowedOutput {});
        }
        let output = published.as_ref().and_then(|operation| operation.output.as_ref()).map(|output| output.name);
        // `()` ignores any response. A default response type has the name in the API, so that it is the published output
        // unless it is an alias; a second error about a type that is not an output at all would be noise.
        let is_known = match &options.response {
            Some(response) => matches!(response, Type::Tuple(tuple) if tuple.elems.is_empty()),
            None => target.as_ref().is_some_and(|target| ident == target),
        };
        let assertion = match (&target, output, response.as_ref().filter(|_| !is_known)) {
            (Some(target), Some(output), Some(response)) => Some(TypeAssertion::of_response(target, output, response)),
            _ => None,
        };
        let signed = options.signed.is_some();
        let paginated = options.paginated.clone();
        let pagination = pagination::published(&options, published.as_ref(), diagnostics);
        let modeled = !options.unmodeled;
        let idempotent =
            options.idempotent.unwrap_or_else(|| published.as_ref().is_some_and(|operation| operation.idempotent));
        // An operation that is not published is taken for one of an app client.
        let app_client = published.as_ref().is_none_or(model::Operation::is_for_app_client);
        let (input, errors, executed_despite) = published
            .map_or_else(Default::default, |operation| (operation.input, operation.errors, operation.executed_despite));
        let item = Item { options, vis, ident, generics, allowed, body: Body::Struct(Vec::new()) };
        let role = Role::Operation { app_client, paginated: pagination.is_some() };
        let mut structure = Structure::check(item, fields, input.as_ref(), role, diagnostics);
        let secret_hash = SecretHash::check(&structure, modeled, diagnostics);
        let paginated = paginated.zip(pagination);
        let paginated = paginated.map(|(at, pagination)| Paginated::check(&structure, &at, pagination, diagnostics));
        structure.head.broken = structure.is_broken(diagnostics);
        Some(Self {
            client_id: structure.client_id().filter(|_| app_client),
            secret_hash,
            target: target.unwrap_or_else(|| structure.head.ident.to_string()),
            response,
            structure,
            signed,
            idempotent,
            paginated,
            errors,
            executed_despite,
            assertion,
        })
    }
}

/// Returns the published operation, unless the target is unmodeled, and checks whether its requests are signed.
fn published(target: &str, options: &Options, diagnostics: &mut Diagnostics) -> Option<model::Operation> {
    let literal = options.target.as_ref().filter(|_| !options.unmodeled)?;
    let Some(operation) = SERVICE.operation(target) else {
        let suggestion = of_task(target).unwrap_or_else(|| {
            let names: Vec<_> = SERVICE.operation_names().collect();
            suggest(target, &names, "add `unmodeled` if the operation is newer than this crate")
        });
        diagnostics.push(literal, Message::UnknownTarget { target: target.to_owned(), suggestion });
        return None;
    };
    match &options.signed {
        None if !operation.unsigned => {
            diagnostics.push(literal, Message::SignedTarget { target: target.to_owned() });
        }
        Some(signed) if operation.unsigned => {
            diagnostics.push(signed, Message::UnneededSigned { target: target.to_owned() });
        }
        _ => {}
    }
    Some(operation)
}

/// Names of tasks that are not operations, in the form of `model::fold`. Each row has the operation and the ready-made
/// module to suggest.
const TASKS: [(&[&str], &str, &str); 3] = [
    (&["signin", "login", "logon", "authenticate"], "InitiateAuth", "sign_in"),
    (&["refresh", "refreshtoken", "refreshtokens", "refreshsession"], "GetTokensFromRefreshToken", "session"),
    (&["signout", "logout", "logoff"], "GlobalSignOut", "session"),
];

/// Returns the suggestion for a target that is the name of a task.
fn of_task(target: &str) -> Option<String> {
    let name = model::fold(target);
    let (_, operation, module) = TASKS.iter().find(|(names, ..)| names.contains(&name.as_str()))?;
    Some(format!("; did you mean `{operation}`? `cognito_userpools::{module}` implements the whole flow"))
}

/// The maximum length of an operation's name. The longest published one has 39 letters.
const MAX_NAME: usize = 128;

fn has_no_output(operation: &model::Operation) -> bool {
    operation.output.as_ref().is_none_or(|output| output.members.is_empty())
}

/// Returns the name of the operation. It is always written, since the struct may have any name.
fn target(options: &Options, ident: &Ident, diagnostics: &mut Diagnostics) -> Option<String> {
    let form = || {
        let name = ident.unraw().to_string();
        let example = if SERVICE.operation(&name).is_some() { &name } else { "ResendConfirmationCode" };
        format!("#[{}(target = \"{example}\")]", AttributeMacro::Operation.name())
    };
    match &options.target {
        Some(literal) if literal.value().is_empty() => {
            diagnostics.push(literal, Message::EmptyTarget { form: form() });
            None
        }
        Some(literal)
            if literal.value().len() > MAX_NAME
                || !literal.value().bytes().all(|byte| byte.is_ascii_alphanumeric()) =>
        {
            let target = literal.value().chars().take(MAX_NAME).collect::<String>().escape_debug().to_string();
            diagnostics.push(literal, Message::InvalidTarget { target });
            None
        }
        Some(literal) => Some(literal.value()),
        None => {
            if !options.has_target {
                diagnostics.push(&options.at, Message::MissingTarget { form: form() });
            }
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tasks_have_operations_and_are_none() {
        for (names, operation, _) in TASKS {
            assert!(SERVICE.operation(operation).is_some(), "{operation}");
            for name in names {
                assert!(SERVICE.operation_names().all(|operation| model::fold(operation) != *name), "{name}");
            }
        }
        assert!(of_task("Sign_IN").is_some_and(|suggestion| suggestion.contains("`InitiateAuth`")));
        assert_eq!(of_task("SignInn"), None);
    }
}
