//! The attributes of members that the client fills in: the secret hash and the app client's secret.

use crate::diagnostic::{Diagnostics, Message};
use crate::syntax::{Field, FieldAttribute, TypeKind, source};
use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::LitStr;

/// A value that the client fills into a member that the caller has not set, with the tokens that ask for it.
pub(crate) enum AutoFill {
    SecretHash(TokenStream),
    SecretHashEntry { at: TokenStream, key: String, username: String },
    ClientSecret(TokenStream),
}

impl AutoFill {
    pub(super) fn at(&self) -> &TokenStream {
        match self {
            Self::SecretHash(at) | Self::SecretHashEntry { at, .. } | Self::ClientSecret(at) => at,
        }
    }

    pub(super) fn attribute(&self) -> FieldAttribute {
        match self {
            Self::SecretHash(_) | Self::SecretHashEntry { .. } => FieldAttribute::SecretHash,
            Self::ClientSecret(_) => FieldAttribute::ClientSecret,
        }
    }

    /// Checks `#[secret_hash]` and `#[client_secret]` of a field. `known` tells whether the service publishes the member.
    pub(super) fn check(field: &Field, wire: &str, known: bool, diagnostics: &mut Diagnostics) -> Option<Self> {
        let attributes = &field.attributes;
        let kind = TypeKind::of(&field.ty);
        let marked = [
            (FieldAttribute::ClientSecret, attributes.client_secret.as_ref(), &["ClientSecret"][..], "`ClientSecret`"),
            (
                FieldAttribute::SecretHash,
                attributes.secret_hash.as_ref().map(|hash| &hash.at),
                &["SecretHash", "AuthParameters", "ChallengeResponses"],
                "`SecretHash` and the maps `AuthParameters` and `ChallengeResponses`",
            ),
        ];
        for (attribute, at, members, listed) in marked {
            if let Some(at) = at.filter(|_| known && !members.contains(&wire)) {
                let (attribute, members) = (attribute.name().to_owned(), listed.to_owned());
                diagnostics.push(at, Message::SecretHashMember { attribute, member: wire.to_owned(), members });
                return None;
            }
        }
        let optional_text = field.optional && matches!(kind, TypeKind::String | TypeKind::Other);
        if let Some(at) = &attributes.client_secret {
            if optional_text && attributes.secret_hash.is_none() {
                return Some(Self::ClientSecret(at.clone()));
            }
            diagnostics.push(&field.written, Message::ClientSecretOnType { ty: source(&field.written) });
        }
        let Some(hash) = &attributes.secret_hash else {
            // The published member is filled in without the attribute too.
            let is_hash = known && wire == "SecretHash" && field.optional && kind == TypeKind::String;
            return is_hash.then(|| Self::SecretHash(field.ident.to_token_stream()));
        };
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
        if optional_text {
            if named {
                diagnostics.push(&hash.at, Message::SecretHashForm {});
            }
            return Some(Self::SecretHash(hash.at.clone()));
        }
        diagnostics.push(&field.written, Message::SecretHashOnType { ty: source(&field.written) });
        None
    }
}
