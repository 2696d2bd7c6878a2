//! A struct with `#[cognito_op]`.

use super::member::asked_response;
use super::{Asked, AutoFill, Structure, advice};
use crate::attribute;
use crate::diagnostic::{Diagnostics, Message};
use crate::model;
use crate::syntax::{Body, Item, Options};
use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident};
use syn::Type;
use syn::ext::IdentExt;

/// A checked operation.
pub(crate) struct Operation {
    pub(crate) structure: Structure,
    pub(crate) target: String,
    /// The response type; `None` where the output has no members.
    pub(crate) response: Option<TokenStream>,
    /// Which member holds the app client's id.
    pub(crate) client_id: Option<usize>,
    pub(crate) secret_hash: Option<SecretHash>,
    pub(crate) signed: bool,
    pub(crate) idempotent: bool,
    /// What the service publishes, for the documentation.
    pub(crate) errors: Vec<&'static str>,
    pub(crate) executed_despite: Vec<&'static str>,
    /// What the compiler is asked about the response.
    pub(crate) asked: Option<Asked>,
}

/// Which members the secret hash is filled into and computed over.
pub(crate) struct SecretHash {
    /// The string, or the map.
    pub(crate) member: usize,
    /// Where the user name is a member; in a map it is an entry.
    pub(crate) username: Option<usize>,
    pub(crate) client_id: Option<usize>,
}

impl Operation {
    pub(crate) fn check(item: Item, diagnostics: &mut Diagnostics) -> Option<Self> {
        let Item { options, vis, ident, generics, body } = item;
        let Body::Struct(fields) = body else { return None };
        let target = target(&options, &ident, diagnostics);
        let mut published = None;
        if let (Some(literal), Some(name)) = (&options.target, &target)
            && !options.unmodeled
        {
            published = model::operation(name);
            match &published {
                None => {
                    let names: Vec<_> = model::operation_names().collect();
                    let otherwise = "write `unmodeled` beside the target if it is newer than this crate";
                    let message =
                        Message::UnknownTarget { target: name.clone(), advice: advice(name, &names, otherwise) };
                    diagnostics.push(literal, message);
                }
                Some(operation) => match &options.signed {
                    None if !operation.unsigned => {
                        diagnostics.push(literal, Message::SignedTarget { target: name.clone() });
                    }
                    Some(signed) if operation.unsigned => {
                        diagnostics.push(signed, Message::UnneededSigned { target: name.clone() });
                    }
                    _ => {}
                },
            }
        }
        let response = match &options.response {
            Some(ty) => Some(ty.to_token_stream()),
            None if published.as_ref().is_some_and(has_no_output) => None,
            None => Some(format_ident!("{ident}Response", span = ident.span()).into_token_stream()),
        };
        let signed = options.signed.is_some();
        let own = options.unmodeled;
        let idempotent =
            options.idempotent.unwrap_or_else(|| published.as_ref().is_some_and(|operation| operation.idempotent));
        let executed_despite =
            published.as_ref().map(|operation| operation.executed_despite.clone()).unwrap_or_default();
        let output = published.as_ref().and_then(|operation| operation.output.as_ref()).map(|output| output.name);
        // `()` passes over any answer. A default called as in the API is that unless it is an alias; asking would say of one that
        // cannot be read at all the same twice.
        let known = match &options.response {
            Some(response) => matches!(response, Type::Tuple(tuple) if tuple.elems.is_empty()),
            None => target.as_ref().is_some_and(|target| ident == target),
        };
        let asked = match (&target, output, response.as_ref().filter(|_| !known)) {
            (Some(target), Some(output), Some(response)) => Some(asked_response(target, output, response)),
            _ => None,
        };
        let errors = published.as_ref().map(|operation| operation.errors.clone()).unwrap_or_default();
        let shape = published.and_then(|operation| operation.input);
        let item = Item { options, vis, ident, generics, body: Body::Struct(Vec::new()) };
        let structure = Structure::check(item, fields, shape.as_ref(), true, true, diagnostics);
        Some(Self {
            client_id: member(&structure, "ClientId"),
            secret_hash: secret_hash(&structure, !own, diagnostics),
            target: target.unwrap_or_else(|| structure.head.ident.to_string()),
            response,
            structure,
            signed,
            idempotent,
            errors,
            executed_despite,
            asked,
        })
    }
}

/// The longest name of an operation has 39 letters.
const LONGEST: usize = 128;

fn has_no_output(operation: &model::Operation) -> bool {
    operation.output.as_ref().is_none_or(|output| output.members.is_empty())
}

/// The operation's name, which has to be written: a struct may be called as one likes.
fn target(options: &Options, ident: &Ident, diagnostics: &mut Diagnostics) -> Option<String> {
    let form = || {
        let name = ident.unraw().to_string();
        let example = if model::operation(&name).is_some() { &name } else { "ResendConfirmationCode" };
        format!("#[{}(target = \"{example}\")]", attribute::OPERATION.name)
    };
    match &options.target {
        Some(literal) if literal.value().is_empty() => {
            diagnostics.push(literal, Message::EmptyTarget { form: form() });
            None
        }
        Some(literal)
            if literal.value().len() > LONGEST || !literal.value().bytes().all(|byte| byte.is_ascii_alphanumeric()) =>
        {
            let target = literal.value().chars().take(LONGEST).collect::<String>().escape_debug().to_string();
            diagnostics.push(literal, Message::InvalidTarget { target });
            None
        }
        Some(literal) => Some(literal.value()),
        None => {
            if !options.has_target {
                diagnostics.push(ident, Message::MissingTarget { form: form() });
            }
            None
        }
    }
}

/// Where the member of that name on the wire is.
fn member(structure: &Structure, wire: &str) -> Option<usize> {
    structure.members.iter().position(|member| member.wire == wire)
}

fn secret_hash(structure: &Structure, published: bool, diagnostics: &mut Diagnostics) -> Option<SecretHash> {
    let filled = |secret: bool| {
        let members = structure.members.iter().enumerate();
        let marked = members.filter_map(|(index, member)| Some((index, member.filled.as_ref()?)));
        marked.filter(move |(_, filled)| matches!(filled, AutoFill::ClientSecret(_)) == secret)
    };
    for (_, twin) in filled(true).skip(1).chain(filled(false).skip(1)) {
        diagnostics.push(twin.at(), Message::SecretHashTwice {});
    }
    let (index, filled) = filled(false).next()?;
    let mut needed = |wire: &str| {
        let found = member(structure, wire);
        // Of a published operation it is said already which required members are missing.
        if found.is_none() && !published {
            let (member, field) = (wire.to_owned(), super::member::snake_case(wire));
            diagnostics.push(filled.at(), Message::SecretHashNeeds { member, field });
        }
        found
    };
    let username = match filled {
        AutoFill::SecretHashEntry { .. } => None,
        _ => needed("Username"),
    };
    Some(SecretHash { member: index, username, client_id: needed("ClientId") })
}
