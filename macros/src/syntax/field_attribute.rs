//! The field attributes. This list is the only one: the derives register the attributes in it, and `syntax` parses them.

use crate::diagnostic::Message;
use cognito_op_model::nearest;
use syn::ext::IdentExt;
use syn::{Attribute, Ident};

/// Passes the variant and the name of each field attribute to the macro `$apply`.
macro_rules! field_attributes {
    ($apply:ident) => {
        $apply! {
            Len = len,
            Pattern = pattern,
            Range = range,
            Each = each,
            Keys = keys,
            Values = values,
            Member = member,
            Sensitive = sensitive,
            SecretHash = secret_hash,
            ClientId = client_id,
            ClientSecret = client_secret,
            Unmodeled = unmodeled
        }
    };
}
pub(crate) use field_attributes;

macro_rules! declare {
    ($($variant:ident = $name:ident),*) => {
        /// An attribute of a field or variant.
        #[derive(Clone, Copy, PartialEq, Eq)]
        pub(crate) enum FieldAttribute {
            $($variant),*
        }

        impl FieldAttribute {
            const ALL: &[Self] = &[$(Self::$variant),*];

            pub(crate) fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => stringify!($name)),*
                }
            }
        }
    };
}
field_attributes!(declare);

impl FieldAttribute {
    pub(super) fn of(attr: &Attribute) -> Option<Self> {
        Self::named(attr.path().get_ident()?)
    }

    pub(super) fn named(name: &Ident) -> Option<Self> {
        let name = name.unraw();
        Self::ALL.iter().copied().find(|attribute| name == attribute.name())
    }

    /// Returns the attribute for a name that other crates use for it, possibly misspelt. If a name of this crate is
    /// misspelt, the compiler makes the suggestion.
    pub(crate) fn of_foreign(name: &Ident) -> Option<Self> {
        let foreign = [("length", Self::Len), ("regex", Self::Pattern)];
        let near = nearest(&name.to_string(), foreign.iter().map(|(name, _)| *name)).first().copied()?;
        foreign.iter().find(|(name, _)| *name == near).map(|(_, attribute)| *attribute)
    }

    /// The message for an attribute that has been applied to something else than `place`.
    pub(crate) fn only_on(self, place: &str) -> Message {
        Message::MisplacedAttribute { attribute: self.name().to_owned(), place: place.to_owned() }
    }
}
