//! Shapes as Rust source, for messages and the fixes in them.

use super::names::snake_case;
use super::table::{Kind, Member, Shape, shape};

/// Returns the type that a user would write for a shape.
pub(crate) fn rust_type(published: &Shape) -> String {
    let entry = |index| published.entry(index).map_or_else(|| "String".to_owned(), |entry| rust_type(&entry));
    match published.kind {
        Kind::Boolean => "bool".to_owned(),
        Kind::Integer => "i32".to_owned(),
        Kind::Long => "i64".to_owned(),
        Kind::Timestamp => "SystemTime".to_owned(),
        Kind::Blob => "Vec<u8>".to_owned(),
        Kind::Document => "serde_json::Value".to_owned(),
        Kind::List => format!("Vec<{}>", entry(0)),
        Kind::Map => format!("BTreeMap<String, {}>", entry(1)),
        Kind::String => "String".to_owned(),
        Kind::Enum | Kind::Structure => {
            // `XType` is written `X`, unless the API has a different shape `X`.
            let short = published.name.strip_suffix("Type").unwrap_or(published.name);
            let is_same = shape(short).is_some_and(|found| found.name == published.name);
            if is_same { short } else { published.name }.to_owned()
        }
    }
}

/// Returns the declaration of a field for a required member: `client_id: String`.
pub(crate) fn field(member: &Member) -> String {
    let ty = member.shape().map_or_else(|| "String".to_owned(), |shape| rust_type(&shape));
    format!("{}: {ty}", snake_case(member.name))
}

/// Describes a shape, with its article and with the name where it has one that matters: "the structure `X`", "a list of `X`".
pub(crate) fn describe(shape: &Shape) -> String {
    match shape.kind {
        Kind::Structure => format!("the structure `{}`", shape.name),
        Kind::Enum => format!("the string enum `{}`", shape.name),
        Kind::List => match shape.entry(0) {
            Some(entry) => format!("a list of `{}`", entry.name),
            None => "a list".to_owned(),
        },
        Kind::Map => match shape_within(shape) {
            Some(entry) => format!("a map with values of `{entry}`"),
            None => "a map".to_owned(),
        },
        kind => kind.described().to_owned(),
    }
}

/// Returns the name of the structure or enum that a shape is or contains.
pub(crate) fn shape_within(shape: &Shape) -> Option<&'static str> {
    match shape.kind {
        Kind::Structure | Kind::Enum => Some(shape.name),
        Kind::List => shape_within(&shape.entry(0)?),
        Kind::Map => shape_within(&shape.entry(1)?),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::shape_names;

    #[test]
    fn descriptions_name_structures_and_enums() {
        let of = |name: &str| describe(&shape(name).expect("a shape"));
        assert_eq!(of("AttributeType"), "the structure `AttributeType`");
        assert_eq!(of("DeliveryMediumType"), "the string enum `DeliveryMediumType`");
        assert_eq!(of("AttributeListType"), "a list of `AttributeType`");
        assert_eq!(of("ClientMetadataType"), "a map");
        assert_eq!(of("AcrConfigurationType"), "a map with values of `AcrLevelConfigType`");

        let within = |name: &str| shape_within(&shape(name).expect("a shape"));
        assert_eq!(within("AttributeType"), Some("AttributeType"));
        assert_eq!(within("DeliveryMediumType"), Some("DeliveryMediumType"));
        assert_eq!(within("AttributeListType"), Some("AttributeType"));
        assert_eq!(within("AcrConfigurationType"), Some("AcrLevelConfigType"));
        assert_eq!((within("ClientMetadataType"), within("UsernameType")), (None, None));
    }

    /// A type named as suggested is checked against the shape that was meant.
    #[test]
    fn suggested_type_names_resolve_to_their_shape() {
        let mut count = 0;
        for name in shape_names() {
            let published = shape(name).expect("a shape");
            if matches!(published.kind, Kind::Structure | Kind::Enum) {
                let suggested = rust_type(&published);
                assert_eq!(shape(&suggested).map(|found| found.name), Some(name), "{suggested}");
                count += 1;
            }
        }
        assert!(count > 300, "{count}");
    }
}
