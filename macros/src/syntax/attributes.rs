//! The attributes of one field or variant.

use super::constraints::{Arguments, Constraints};
use super::field_attribute::FieldAttribute;
use super::tokens::{chunks, name_and_rest, named};
use crate::diagnostic::{Diagnostics, Message};
use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{Attribute, Ident, LitStr, Meta};

/// The attributes of one field, each at most once.
#[derive(Default)]
pub(crate) struct Attributes {
    /// The constraints on the value of the field.
    pub(crate) constraints: Constraints,
    /// The constraints on the entries of a list, the keys of a map or the values of a map.
    pub(crate) entries: Vec<Entries>,
    pub(crate) member: Option<LitStr>,
    pub(crate) sensitive: bool,
    pub(crate) secret_hash: Option<SecretHash>,
    pub(crate) client_id: Option<TokenStream>,
    pub(crate) client_secret: Option<TokenStream>,
    pub(crate) unmodeled: bool,
}

/// `#[each(…)]`, `#[keys(…)]` or `#[values(…)]`.
pub(crate) struct Entries {
    pub(crate) kind: EntriesKind,
    pub(crate) at: TokenStream,
    pub(crate) constraints: Constraints,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum EntriesKind {
    Each,
    Keys,
    Values,
}

impl EntriesKind {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Each => FieldAttribute::Each.name(),
            Self::Keys => FieldAttribute::Keys.name(),
            Self::Values => FieldAttribute::Values.name(),
        }
    }

    /// One of the constrained entries, for a message.
    pub(crate) fn described(self) -> &'static str {
        match self {
            Self::Each => "an entry",
            Self::Keys => "a key",
            Self::Values => "a value",
        }
    }

    /// The index of the entries among the type arguments of a collection.
    pub(crate) fn index(self) -> usize {
        usize::from(self == Self::Values)
    }
}

/// `#[secret_hash]`, on a string or on a map.
pub(crate) struct SecretHash {
    pub(crate) at: TokenStream,
    pub(crate) key: Option<LitStr>,
    pub(crate) username: Option<LitStr>,
}

impl Attributes {
    pub(super) fn parse(attrs: &[Attribute], diagnostics: &mut Diagnostics) -> Self {
        let mut attributes = Self::default();
        let mut seen = Vec::new();
        for attr in attrs {
            if let Some((name, own)) = foreign(attr) {
                let (attribute, own) = (name.to_string(), own.name().to_owned());
                diagnostics.push(name, Message::ForeignAttribute { attribute, own });
            }
            let Some(attribute) = FieldAttribute::of(attr) else { continue };
            if seen.contains(&attribute) {
                diagnostics.push(attr, Message::DuplicateAttribute { attribute: attribute.name().to_owned() });
            } else {
                seen.push(attribute);
                attributes.set(attribute, &attr.meta, diagnostics);
            }
        }
        attributes
    }

    /// Parses the attributes of a variant, which may be `member` and `unmodeled`.
    pub(super) fn parse_variant(attrs: &[Attribute], diagnostics: &mut Diagnostics) -> Self {
        let (allowed, other): (Vec<_>, Vec<_>) = attrs.iter().cloned().partition(|attr| {
            matches!(FieldAttribute::of(attr), Some(FieldAttribute::Member | FieldAttribute::Unmodeled))
        });
        for attr in &other {
            if let Some(misplaced) = FieldAttribute::of(attr) {
                diagnostics.push(attr, misplaced.only_on("a field"));
            }
        }
        Self::parse(&allowed, diagnostics)
    }

    fn set(&mut self, attribute: FieldAttribute, meta: &Meta, diagnostics: &mut Diagnostics) {
        let arguments = match meta {
            Meta::Path(_) => Arguments::None,
            Meta::List(list) => Arguments::List(list.tokens.clone()),
            Meta::NameValue(_) => Arguments::Other,
        };
        let at = meta.to_token_stream();
        match attribute {
            FieldAttribute::Len => self.constraints.set_len(at, arguments, diagnostics),
            FieldAttribute::Pattern => self.constraints.set_pattern(at, arguments, diagnostics),
            FieldAttribute::Range => self.constraints.set_range(at, arguments, diagnostics),
            FieldAttribute::Each => self.set_entries(EntriesKind::Each, at, arguments, diagnostics),
            FieldAttribute::Keys => self.set_entries(EntriesKind::Keys, at, arguments, diagnostics),
            FieldAttribute::Values => self.set_entries(EntriesKind::Values, at, arguments, diagnostics),
            FieldAttribute::Member => {
                let name = match arguments {
                    Arguments::List(tokens) => syn::parse2::<LitStr>(tokens).ok(),
                    _ => None,
                };
                match name.filter(|name| !name.value().is_empty()) {
                    Some(name) => self.member = Some(name),
                    None => diagnostics.push(at, Message::MemberForm {}),
                }
            }
            FieldAttribute::SecretHash => {
                let mut hash = SecretHash { at: at.clone(), key: None, username: None };
                let is_valid = match arguments {
                    Arguments::None => true,
                    Arguments::List(tokens) => hash.parse_arguments(tokens).is_some(),
                    Arguments::Other => false,
                };
                if !is_valid {
                    diagnostics.push(at, Message::SecretHashForm {});
                }
                self.secret_hash = Some(hash);
            }
            FieldAttribute::Sensitive => {
                check_flag(attribute, &at, &arguments, diagnostics);
                self.sensitive = true;
            }
            FieldAttribute::ClientId => {
                check_flag(attribute, &at, &arguments, diagnostics);
                self.client_id = Some(at);
            }
            FieldAttribute::ClientSecret => {
                check_flag(attribute, &at, &arguments, diagnostics);
                self.client_secret = Some(at);
            }
            FieldAttribute::Unmodeled => {
                check_flag(attribute, &at, &arguments, diagnostics);
                self.unmodeled = true;
            }
        }
    }

    fn set_entries(&mut self, kind: EntriesKind, at: TokenStream, arguments: Arguments, diagnostics: &mut Diagnostics) {
        let malformed = || Message::EntriesForm { attribute: kind.name().to_owned() };
        match arguments {
            Arguments::List(tokens) if !tokens.is_empty() => {
                let constraints = Constraints::parse(tokens, malformed, diagnostics);
                self.entries.push(Entries { kind, at, constraints });
            }
            _ => diagnostics.push(at, malformed()),
        }
    }
}

/// Returns the name within `#[__cognito(…)]`, and the attribute of this crate to suggest.
fn foreign(attr: &Attribute) -> Option<(Ident, FieldAttribute)> {
    let Meta::List(list) = &attr.meta else { return None };
    let (name, _) = name_and_rest(list.tokens.clone()).filter(|_| list.path.is_ident("__cognito"))?;
    let own = FieldAttribute::of_foreign(&name)?;
    Some((name, own))
}

fn check_flag(attribute: FieldAttribute, at: &TokenStream, arguments: &Arguments, diagnostics: &mut Diagnostics) {
    if !matches!(arguments, Arguments::None) {
        diagnostics.push(at, Message::FlagForm { attribute: attribute.name().to_owned() });
    }
}

impl SecretHash {
    /// Parses `key = "…", username = "…"`, each at most once. Returns `None` if the arguments are malformed.
    fn parse_arguments(&mut self, tokens: TokenStream) -> Option<()> {
        for chunk in chunks(tokens) {
            let (name, value): (_, LitStr) = named(chunk)?;
            let argument = match name.to_string().as_str() {
                "key" => &mut self.key,
                "username" => &mut self.username,
                _ => return None,
            };
            if argument.replace(value).is_some() {
                return None;
            }
        }
        Some(())
    }
}
