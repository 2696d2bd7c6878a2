//! The attributes of members that the client fills in: the secret hash, and the app client's id and secret.

use crate::diagnostic::{Diagnostics, Message};
use crate::syntax::{Field, FieldAttribute, TypeKind, source};
use cognito_op_model as model;
use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::LitStr;

/// A value that the client fills into a member that the caller has not set, with the tokens that ask for it.
pub(crate) enum AutoFill {
    SecretHash(TokenStream),
    SecretHashEntry {
        at: TokenStream,
        key: String,
        username: String,
    },
    /// `required` tells whether the service requires the member.
    ClientId {
        at: TokenStream,
        required: bool,
    },
    ClientSecret {
        at: TokenStream,
        required: bool,
    },
}

impl AutoFill {
    pub(super) fn at(&self) -> &TokenStream {
        match self {
            Self::SecretHash(at)
            | Self::SecretHashEntry { at, .. }
            | Self::ClientId { at, .. }
            | Self::ClientSecret { at, .. } => at,
        }
    }

    /// Returns whether the service requires the member.
    pub(super) fn is_required(&self) -> bool {
        matches!(self, Self::ClientId { required: true, .. } | Self::ClientSecret { required: true, .. })
    }

    pub(super) fn attribute(&self) -> FieldAttribute {
        match self {
            Self::SecretHash(_) | Self::SecretHashEntry { .. } => FieldAttribute::SecretHash,
            Self::ClientId { .. } => FieldAttribute::ClientId,
            Self::ClientSecret { .. } => FieldAttribute::ClientSecret,
        }
    }

    /// Checks `#[secret_hash]`, `#[client_id]` and `#[client_secret]` of a field. `known` is the published
    /// member.
    pub(super) fn check(
        field: &Field,
        wire: &str,
        known: Option<model::Member>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let attributes = &field.attributes;
        let marked = [
            (FieldAttribute::ClientId, attributes.client_id.as_ref(), model::AutoFill::ClientId, "`ClientId`"),
            (
                FieldAttribute::ClientSecret,
                attributes.client_secret.as_ref(),
                model::AutoFill::ClientSecret,
                "`ClientSecret` and `Secret`",
            ),
            (
                FieldAttribute::SecretHash,
                attributes.secret_hash.as_ref().map(|hash| &hash.at),
                model::AutoFill::SecretHash,
                "`SecretHash` and the maps `AuthParameters` and `ChallengeResponses`",
            ),
        ];
        let mut marked = marked
            .into_iter()
            .filter_map(|(attribute, at, value, listed)| at.map(|at| (attribute, at, value.members(), listed)));
        let Some((attribute, at, members, listed)) = marked.next() else {
            // The published member is filled in without the attribute too.
            let is_hash = known.is_some()
                && wire == "SecretHash"
                && field.optional
                && TypeKind::of(&field.ty) == TypeKind::String;
            return is_hash.then(|| Self::SecretHash(field.ident.to_token_stream()));
        };
        let name = |attribute: FieldAttribute| attribute.name().to_owned();
        if known.is_some() && !members.contains(&wire) {
            let (attribute, members) = (name(attribute), listed.to_owned());
            diagnostics.push(at, Message::AutoFillMember { attribute, member: wire.to_owned(), members });
            return None;
        }
        for (second, at, ..) in marked {
            diagnostics.push(at, Message::AutoFillConflict { attribute: name(second), other: name(attribute) });
        }
        let required = known.is_some_and(|member| member.required);
        let is_optional_text = field.optional && matches!(TypeKind::of(&field.ty), TypeKind::String | TypeKind::Other);
        match attribute {
            FieldAttribute::ClientId if is_optional_text => Some(Self::ClientId { at: at.clone(), required }),
            FieldAttribute::ClientSecret if is_optional_text => Some(Self::ClientSecret { at: at.clone(), required }),
            FieldAttribute::SecretHash => Self::secret_hash(field, is_optional_text, diagnostics),
            _ => {
                let (attribute, ty) = (name(attribute), source(&field.written));
                diagnostics.push(&field.written, Message::AutoFillOnType { attribute, ty });
                None
            }
        }
    }

    /// Checks `#[secret_hash]` of a field.
    fn secret_hash(field: &Field, is_optional_text: bool, diagnostics: &mut Diagnostics) -> Option<Self> {
        let hash = field.attributes.secret_hash.as_ref()?;
        let kind = TypeKind::of(&field.ty);
        let named = hash.key.is_some() || hash.username.is_some();
        if kind == TypeKind::Map || (named && kind == TypeKind::Other) {
            let value = |literal: &Option<LitStr>, default: &str| {
                literal.as_ref().map_or_else(|| default.to_owned(), LitStr::value)
            };
            return Some(Self::SecretHashEntry {
                at: hash.at.clone(),
                key: value(&hash.key, "SECRET_HASH"),
                username: value(&hash.username, "USERNAME"),
            });
        }
        if is_optional_text {
            if named {
                diagnostics.push(&hash.at, Message::SecretHashForm {});
            }
            return Some(Self::SecretHash(hash.at.clone()));
        }
        diagnostics.push(&field.written, Message::SecretHashOnType { ty: source(&field.written) });
        None
    }
}
