//! All unsigned operations of the API: structs as published have no errors, and each mistake is one error on one token.

use crate::attribute;
use crate::diagnostic::Diagnostics;
use crate::model::{self, Kind, Shape, snake_case};
use crate::syntax::AttributeMacro;
use quote::ToTokens;
use std::fmt::Write;

/// A field of a generated struct.
#[derive(Clone)]
struct Field {
    name: String,
    ty: String,
    len: Option<(Option<i64>, Option<i64>)>,
}

/// The struct of an operation, as a user would write it.
#[derive(Clone)]
struct Source {
    target: &'static str,
    fields: Vec<Field>,
}

impl Source {
    fn of(target: &'static str) -> Self {
        let input = model::operation(target).and_then(|operation| operation.input).unwrap();
        let fields = input.members.iter().map(|member| {
            let shape = member.shape().unwrap();
            let ty = rust_type(&shape);
            let bounded = matches!(shape.kind, Kind::String | Kind::List | Kind::Map | Kind::Blob);
            Field {
                name: snake_case(member.name),
                ty: if member.required { ty } else { format!("Option<{ty}>") },
                len: (bounded && (shape.min.is_some() || shape.max.is_some())).then_some((shape.min, shape.max)),
            }
        });
        Self { target, fields: fields.collect() }
    }

    fn text(&self) -> String {
        let mut text = format!("struct {} {{\n", self.target);
        for Field { name, ty, len } in &self.fields {
            if let Some((min, max)) = len {
                let min = min.map(|min| format!("min = {min}"));
                let max = max.map(|max| format!("max = {max}"));
                let bounds: Vec<_> = min.into_iter().chain(max).collect();
                writeln!(text, "#[len({})]", bounds.join(", ")).unwrap();
            }
            writeln!(text, "{name}: {ty},").unwrap();
        }
        text + "}"
    }

    /// Returns the errors, each with the source text of its tokens.
    fn errors(&self) -> Vec<(String, String)> {
        let text = self.text();
        let options = format!("target = \"{}\", response = ()", self.target).parse().unwrap();
        let mut diagnostics = Diagnostics::default();
        let item = attribute::expand(AttributeMacro::Operation, &options, text.parse().unwrap(), &mut diagnostics);
        assert!(crate::operation(item, false, &mut diagnostics).is_some(), "{text}");
        let errors = diagnostics.into_errors().into_iter();
        errors.map(|error| (error.to_string(), error.span().source_text().unwrap_or_default())).collect()
    }
}

fn rust_type(shape: &Shape) -> String {
    let entry = |which| rust_type(&shape.entry(which).unwrap());
    match shape.kind {
        Kind::String => "String".to_owned(),
        Kind::Boolean => "bool".to_owned(),
        Kind::Integer => "i32".to_owned(),
        Kind::Long => "i64".to_owned(),
        Kind::Timestamp => "SystemTime".to_owned(),
        Kind::Blob => "Vec<u8>".to_owned(),
        Kind::List => format!("Vec<{}>", entry(0)),
        Kind::Map => format!("HashMap<{}, {}>", entry(0), entry(1)),
        Kind::Document | Kind::Structure | Kind::Enum => shape.name.to_owned(),
    }
}

fn public() -> impl Iterator<Item = Source> {
    let unsigned = |name: &&str| model::operation(name).is_some_and(|operation| operation.unsigned);
    model::operation_names().filter(unsigned).map(Source::of)
}

#[test]
fn operations_as_published_have_no_errors() {
    let mut count = 0;
    for source in public() {
        assert_eq!(source.errors(), [], "{}", source.text());
        count += 1;
    }
    assert_eq!(count, 34);
}

#[test]
fn a_misspelt_member_is_an_error_on_its_name() {
    let mut count = 0;
    for source in public() {
        let required = source.fields.iter().position(|field| !field.ty.starts_with("Option")).unwrap_or(0);
        let mut broken = source.clone();
        let right = std::mem::take(&mut broken.fields[required].name);
        broken.fields[required].name = format!("{right}x");
        let errors = broken.errors();
        let shape = format!("{}Request", source.target);
        let message = format!("`{shape}` has no member `{right}x`; did you mean `{right}`");
        assert!(errors[0].0.starts_with(&message), "{errors:?}");
        assert_eq!(errors[0].1, format!("{right}x"));
        assert_eq!(errors.len(), 1, "{errors:?}");
        count += 1;
    }
    assert_eq!(count, 34);
}

#[test]
fn a_missing_required_member_is_an_error_on_the_struct() {
    let mut count = 0;
    for source in public() {
        let Some(required) = source.fields.iter().position(|field| !field.ty.starts_with("Option")) else { continue };
        let mut broken = source.clone();
        let Field { name, .. } = broken.fields.remove(required);
        let errors = broken.errors();
        let message = format!("missing required members of `{}Request`; add\n    {name}: ", source.target);
        assert!(errors[0].0.starts_with(&message), "{errors:?}");
        assert_eq!((errors.len(), errors[0].1.as_str()), (1, source.target));
        count += 1;
    }
    assert_eq!(count, 33);
}

#[test]
fn a_looser_length_is_an_error_on_its_attribute() {
    let mut count = 0;
    for source in public() {
        let Some(bounded) = source.fields.iter().position(|field| field.len.is_some()) else { continue };
        let mut broken = source.clone();
        let (end, published, wider) = match broken.fields[bounded].len {
            Some((_, Some(max))) => ("max", max, max + 1),
            Some((Some(min), None)) => ("min", min, min - 1),
            _ => continue,
        };
        let bound = |bound| if end == "max" { (None, Some(bound)) } else { (Some(bound), None) };
        broken.fields[bounded].len = Some(bound(wider));
        let errors = broken.errors();
        let message = format!("a {end}imum length of {wider} is looser than the published {published} for `");
        assert!(errors[0].0.starts_with(&message), "{errors:?}");
        assert_eq!((errors.len(), errors[0].1.clone()), (1, format!("len({end} = {wider})")), "{errors:?}");
        count += 1;
    }
    assert_eq!(count, 24);
}

#[test]
fn an_optional_required_member_is_an_error_on_its_type() {
    for source in public() {
        let Some(required) = source.fields.iter().position(|field| !field.ty.starts_with("Option")) else { continue };
        let mut broken = source.clone();
        let ty = std::mem::take(&mut broken.fields[required].ty);
        broken.fields[required].ty = format!("Option<{ty}>");
        let errors = broken.errors();
        assert!(errors[0].0.ends_with(&format!(" make it `{ty}`")), "{errors:?}");
        assert_eq!(errors.len(), 1);
        assert_eq!(errors[0].1, format!("Option<{ty}>"));
    }
}

#[test]
fn generated_code_parses() {
    for source in public() {
        let options = format!("target = \"{}\", response = ()", source.target).parse().unwrap();
        let mut diagnostics = Diagnostics::default();
        let item =
            attribute::expand(AttributeMacro::Operation, &options, source.text().parse().unwrap(), &mut diagnostics);
        let tokens = crate::operation(item, false, &mut diagnostics).unwrap();
        syn::parse2::<syn::File>(tokens.to_token_stream()).unwrap();
    }
}
