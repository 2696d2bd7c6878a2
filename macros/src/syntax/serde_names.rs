//! The names that serde's derives give to the fields of a struct.

use super::tokens::{assigned, chunks, name_and_rest, named};
use proc_macro2::TokenStream;
use syn::{Attribute, LitStr, Meta};

/// The name of a field in serde's derives.
pub(crate) enum SerdeName {
    /// The name of the field.
    OfField,
    Renamed(String),
    /// The field is skipped.
    Skipped,
}

/// `#[serde(rename_all = "…")]` on a struct. Serde reports an unknown convention.
#[derive(Clone, Default)]
pub(super) struct RenameAll(Option<String>);

impl RenameAll {
    pub(super) fn parse(attrs: &[Attribute]) -> Self {
        Self(argument(attrs, "rename_all"))
    }

    pub(super) fn of_field(&self, field: &str, attrs: &[Attribute]) -> SerdeName {
        if has(attrs, "skip") || has(attrs, "skip_deserializing") {
            return SerdeName::Skipped;
        }
        self.name(field, attrs).map_or(SerdeName::OfField, SerdeName::Renamed)
    }

    /// Returns the name of a field in serde's derives, or `None` if it is the field's own.
    fn name(&self, field: &str, attrs: &[Attribute]) -> Option<String> {
        let name = argument(attrs, "rename").or_else(|| self.0.as_deref().map(|convention| convert(field, convention)));
        name.filter(|name| name != field)
    }
}

/// Returns the value of an argument of `#[serde(…)]`. If it differs between the directions, deserialization counts, since
/// a form is deserialized.
fn argument(attrs: &[Attribute], wanted: &str) -> Option<String> {
    arguments(attrs).find_map(|argument| {
        let (name, rest) = name_and_rest(argument)?;
        if name != wanted {
            return None;
        }
        let by_direction = || {
            let arguments = syn::parse2::<proc_macro2::Group>(rest.clone()).ok()?.stream();
            chunks(arguments).into_iter().find_map(|argument: TokenStream| {
                let (direction, name) = named::<LitStr>(argument)?;
                (direction == "deserialize").then_some(name)
            })
        };
        Some(assigned::<LitStr>(rest.clone()).or_else(by_direction)?.value())
    })
}

/// Returns whether `#[serde(…)]` has an argument without a value.
fn has(attrs: &[Attribute], wanted: &str) -> bool {
    arguments(attrs).any(|argument| syn::parse2::<syn::Ident>(argument).is_ok_and(|name| name == wanted))
}

/// Returns the arguments of each `#[serde(…)]`.
fn arguments(attrs: &[Attribute]) -> impl Iterator<Item = TokenStream> {
    let lists = attrs.iter().filter_map(|attr| match &attr.meta {
        Meta::List(list) if list.path.is_ident("serde") => Some(list.tokens.clone()),
        _ => None,
    });
    lists.flat_map(chunks)
}

/// Converts the name of a field, as serde does.
fn convert(field: &str, convention: &str) -> String {
    let pascal = || -> String {
        field
            .split('_')
            .flat_map(|word| word.chars().take(1).map(|c| c.to_ascii_uppercase()).chain(word.chars().skip(1)))
            .collect()
    };
    match convention {
        "UPPERCASE" | "SCREAMING_SNAKE_CASE" => field.to_ascii_uppercase(),
        "PascalCase" => pascal(),
        "camelCase" => {
            let pascal = pascal();
            let mut letters = pascal.chars();
            letters.next().map(|c| c.to_ascii_lowercase()).into_iter().chain(letters).collect()
        }
        "kebab-case" => field.replace('_', "-"),
        "SCREAMING-KEBAB-CASE" => field.to_ascii_uppercase().replace('_', "-"),
        _ => field.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use syn::parse_quote;

    #[test]
    fn names_are_those_of_serde() {
        for (convention, name) in [
            ("lowercase", None),
            ("snake_case", None),
            ("nosuch", None),
            ("UPPERCASE", Some("IP_ADDRESS_2")),
            ("PascalCase", Some("IpAddress2")),
            ("camelCase", Some("ipAddress2")),
            ("SCREAMING_SNAKE_CASE", Some("IP_ADDRESS_2")),
            ("kebab-case", Some("ip-address-2")),
            ("SCREAMING-KEBAB-CASE", Some("IP-ADDRESS-2")),
        ] {
            let all = RenameAll::parse(&[parse_quote!(#[serde(deny_unknown_fields, rename_all = #convention)])]);
            assert_eq!(all.name("ip_address_2", &[]).as_deref(), name, "{convention}");
        }
    }

    #[test]
    fn the_name_of_a_field_takes_precedence() {
        let all = RenameAll::parse(&[
            parse_quote!(#[serde(rename_all(serialize = "PascalCase", deserialize = "camelCase"))]),
        ]);
        assert_eq!(all.name("user_name", &[parse_quote!(#[doc = "A name."])]).as_deref(), Some("userName"));
        for attr in [
            parse_quote!(#[serde(default, rename = "name")]),
            parse_quote!(#[serde(rename(serialize = "x", deserialize = "name"), skip_serializing_if = "String::is_empty")]),
        ] {
            assert_eq!(all.name("user_name", &[attr]).as_deref(), Some("name"));
        }
        assert_eq!(all.name("user_name", &[parse_quote!(#[serde(rename = "user_name")])]), None);
        assert_eq!(
            all.name("user_name", &[parse_quote!(#[serde(rename(serialize = "x"))])]).as_deref(),
            Some("userName")
        );
        assert_eq!(RenameAll::default().name("user_name", &[]), None);
    }
}
