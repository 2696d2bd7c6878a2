//! Shapes as Rust source with the attributes of `cognito-op`.
//!
//! [`Source::of`] renders operations with all shapes that they need. Its items are data, so that a test or a tool can
//! change them before it prints them.
//!
//! ```
//! use cognito_op_model::SERVICE;
//! use cognito_op_model::source::{Members, Options, Source};
//!
//! let operation = SERVICE.operation("ForgotPassword").unwrap();
//! let options = Options { optional: Members::None, response: Members::None, ..Options::default() };
//! let source = Source::of(&[operation], &options);
//! assert!(source.to_string().contains("pub struct ForgotPassword {"));
//! ```

mod attributes;
mod description;
mod names;

pub use description::{bounds, describe, facts, member_facts, shape_within, wrapped};
pub use names::{TypeNames, field, rust_type};

use crate::docs;
use crate::names::{fold, variant_case};
use crate::table::{AutoFill, Kind, Member, Operation, Shape};
use attributes::{attribute, constraints, derive, is_violated_if_missing};
use description::{capitalized, member_docs};
use names::{field_name, named_type, type_name};
use std::collections::BTreeSet;
use std::fmt;

/// The choices about rendered operations.
#[derive(Clone, Debug)]
pub struct Options {
    /// The constraints of members.
    pub bounds: Bounds,
    /// The optional members of requests. Members that the client fills in are always included.
    pub optional: Members,
    /// The members of responses.
    pub response: Members,
    /// Whether requests and their shapes derive serde's `Deserialize`, without the members that the sender of a form must
    /// not set.
    pub serde: bool,
    /// The derives of each item, such as `Clone`.
    pub derives: Vec<String>,
    /// The names of types.
    pub names: TypeNames,
    /// The absolute path of `cognito-op` if it is not a dependency, such as `::cognito_userpools::cognito_op`.
    pub crate_path: Option<String>,
    /// The width of lines.
    pub width: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            bounds: Bounds::default(),
            optional: Members::default(),
            response: Members::default(),
            serde: false,
            derives: Vec::new(),
            names: TypeNames::default(),
            crate_path: None,
            // As in the default style of rustfmt.
            width: 100,
        }
    }
}

/// How constraints are rendered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Bounds {
    /// Attributes without arguments, which apply the published constraint: `#[len]`.
    #[default]
    Bare,
    /// Attributes with the published constraint: `#[len(1, 128)]`.
    Spelled,
    /// No attributes: values are not checked.
    None,
}

/// A choice of members.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Members {
    /// All members.
    #[default]
    All,
    /// No members.
    None,
    /// The members with these names, in the API or in Rust.
    Some(Vec<String>),
}

impl Members {
    /// Returns whether a member is chosen.
    #[must_use]
    pub fn contains(&self, member: &str) -> bool {
        match self {
            Self::All => true,
            Self::None => false,
            Self::Some(names) => names.iter().any(|name| fold(name) == fold(member)),
        }
    }
}

/// Rendered operations, and the shapes that they need.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Source {
    /// The paths of the `use` declarations.
    pub uses: Vec<String>,
    /// Each operation followed by its response, then the other shapes in the order of their first use.
    pub items: Vec<Item>,
}

/// A struct or enum.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Item {
    /// The operation or shape in the API.
    pub api_name: &'static str,
    /// The lines of the documentation.
    pub docs: Vec<String>,
    /// The attributes, without `#[` and `]`.
    pub attributes: Vec<String>,
    /// The name of the type.
    pub name: String,
    /// The fields or variants.
    pub body: Body,
}

/// The fields or variants of an item.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the two kinds of items")]
pub enum Body {
    Struct(Vec<Field>),
    Enum(Vec<Variant>),
}

/// A field of a struct.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Field {
    /// The member in the API.
    pub member: Member,
    /// The lines of the documentation.
    pub docs: Vec<String>,
    /// The attributes, without `#[` and `]`.
    pub attributes: Vec<String>,
    /// The name, with `r#` where it is a keyword.
    pub name: String,
    /// The type, without the `Option<…>` around it.
    pub ty: String,
    /// Whether the type is an `Option<…>`.
    pub optional: bool,
}

/// A variant of an enum.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Variant {
    /// The value in the API. It is `None` for the variant that contains other values.
    pub value: Option<&'static str>,
    /// The name.
    pub name: String,
}

impl Source {
    /// Renders operations and the shapes that they need, each shape once.
    #[must_use]
    pub fn of(operations: &[Operation], options: &Options) -> Self {
        Self::with_shapes(operations, &[], options)
    }

    /// Renders operations, structures and enums, with the shapes that they need, each shape once.
    #[must_use]
    pub fn with_shapes(operations: &[Operation], shapes: &[Shape], options: &Options) -> Self {
        let mut renderer = Renderer { options, needed: shapes.to_vec(), sent: BTreeSet::new() };
        for operation in operations {
            for member in renderer.request_members(operation) {
                renderer.send(member.shape());
            }
        }
        for shape in shapes.iter().filter(|shape| shape.input) {
            renderer.send(Some(shape.clone()));
        }
        let mut items = Vec::new();
        for operation in operations {
            if items.iter().any(|item: &Item| item.api_name == operation.name) {
                continue;
            }
            items.push(renderer.operation(operation));
            if let Some(output) = renderer.output(operation) {
                let mut item = renderer.shape(&output);
                item.docs = renderer.docs(0, &format!("The response of `{}`.", operation.name));
                items.push(item);
            }
        }
        let mut next = 0;
        while let Some(needed) = renderer.needed.get(next).cloned() {
            if !items.iter().any(|item| item.api_name == needed.name) {
                items.push(renderer.shape(&needed));
            }
            next += 1;
        }
        Self { uses: uses(&items, options), items }
    }
}

fn uses(items: &[Item], options: &Options) -> Vec<String> {
    let is_shape = |item: &Item| item.attributes.iter().any(|attribute| attribute.starts_with("cognito_shape"));
    let mentions = |name: &str| {
        items.iter().any(|item| match &item.body {
            Body::Struct(fields) => fields.iter().any(|field| field.ty.contains(name)),
            Body::Enum(_) => false,
        })
    };
    let attributes = match (items.iter().all(is_shape), items.iter().any(is_shape)) {
        (true, _) => "cognito_shape",
        (_, true) => "{cognito_op, cognito_shape}",
        (_, false) => "cognito_op",
    };
    let path = options.crate_path.as_deref().unwrap_or("cognito_op").trim_start_matches("::");
    let types = [("BTreeMap<", "std::collections::BTreeMap"), ("SystemTime", "std::time::SystemTime")];
    let types = types.into_iter().filter(|(name, _)| mentions(name)).map(|(_, path)| path.to_owned());
    std::iter::once(format!("{path}::{attributes}")).chain(types).collect()
}

struct Renderer<'a> {
    options: &'a Options,
    /// The shapes that the items use, in the order of their first use, possibly repeated.
    needed: Vec<Shape>,
    /// The names of the shapes that occur in the rendered requests.
    sent: BTreeSet<&'static str>,
}

impl Renderer<'_> {
    /// Records that a shape and the shapes within it are sent.
    fn send(&mut self, shape: Option<Shape>) {
        let Some(shape) = shape else { return };
        if self.sent.insert(shape.name) {
            let members = shape.members.iter().map(Member::shape);
            for shape in members.chain([shape.entry(0), shape.entry(1)]) {
                self.send(shape);
            }
        }
    }

    /// Returns the chosen members of a request.
    fn request_members(&self, operation: &Operation) -> Vec<Member> {
        let members = operation.input.iter().flat_map(|input| &input.members);
        let chosen = members.filter(|member| {
            member.required || operation.auto_fill(member.name).is_some() || self.options.optional.contains(member.name)
        });
        chosen.copied().collect()
    }

    /// Returns the output of an operation, with the chosen members, if it has any.
    fn output(&self, operation: &Operation) -> Option<Shape> {
        let mut output = operation.output.clone()?;
        output.members.retain(|member| self.options.response.contains(member.name));
        (!output.members.is_empty()).then_some(output)
    }

    fn operation(&mut self, operation: &Operation) -> Item {
        let mut arguments = vec![format!("target = \"{}\"", operation.name)];
        match self.output(operation).map(|output| type_name(&output, self.options.names)) {
            Some(name) if name == format!("{}Response", operation.name) => {}
            Some(name) => arguments.push(format!("response = {name}")),
            None if operation.output.as_ref().is_none_or(|output| output.members.is_empty()) => {}
            None => arguments.push("response = ()".to_owned()),
        }
        if !operation.unsigned {
            arguments.push("signed".to_owned());
        }
        let members = self.request_members(operation);
        if self.is_paginated(operation, &members) {
            arguments.push("paginated".to_owned());
        }
        arguments.extend(self.crate_option());
        let fields = members.into_iter().map(|member| self.request_field(operation, member)).collect();
        let mut docs = self.docs(0, docs::operation(operation.name).unwrap_or(operation.name));
        if let Some(pagination) = operation.pagination {
            docs.push(String::new());
            docs.push(format!("It returns `{}` in pages; `{}` is the token.", pagination.list, pagination.token));
        }
        let mut attributes = vec![attribute(self.options.width, 0, "cognito_op", &arguments)];
        attributes.extend(self.derives(true, false));
        let (api_name, name) = (operation.name, operation.name.to_owned());
        Item { api_name, docs, attributes, name, body: Body::Struct(fields) }
    }

    /// Returns whether the request and the response have the members for the option `paginated`.
    fn is_paginated(&self, operation: &Operation, request: &[Member]) -> bool {
        operation.pagination.is_some_and(|pagination| {
            request.iter().any(|member| member.name == pagination.token)
                && [pagination.token, pagination.list].iter().all(|member| self.options.response.contains(member))
        })
    }

    /// Renders a member of a request.
    fn request_field(&mut self, operation: &Operation, member: Member) -> Field {
        let input = operation.input.as_ref().map_or(operation.name, |input| input.name);
        let auto_fill = operation.auto_fill(member.name);
        let mut field = self.field(input, member, auto_fill, true);
        if let Some(value) = auto_fill {
            field.attributes.push(value.attribute().to_owned());
            field.optional = true;
        }
        let is_set = NOT_FROM_FORMS.contains(&member.name) || member.name.ends_with("Arn");
        if self.options.serde && (auto_fill.is_some() || is_set) {
            field.attributes.retain(|attribute| attribute != "serde(default)");
            field.attributes.push("serde(skip)".to_owned());
        }
        field
    }

    fn shape(&mut self, shape: &Shape) -> Item {
        let is_sent = self.sent.contains(shape.name);
        let is_enum = shape.kind == Kind::Enum;
        let mut attributes = vec![match self.crate_option() {
            Some(option) => attribute(self.options.width, 0, "cognito_shape", &[option]),
            None => "cognito_shape".to_owned(),
        }];
        attributes.extend(self.derives(is_sent, is_enum));
        // As the values of the API, instead of the names of the variants.
        let directions = [
            (self.options.serde && is_sent, "from = \"String\""),
            (self.derive_is_chosen("Serialize"), "into = \"String\""),
        ];
        let directions: Vec<&str> = directions.iter().filter(|(is_used, _)| *is_used).map(|(_, text)| *text).collect();
        if is_enum && !directions.is_empty() {
            attributes.push(format!("serde({})", directions.join(", ")));
        }
        let docs = match docs::shape(shape.name) {
            Some(text) => self.docs(0, text),
            None => self.docs(0, &format!("{}.", capitalized(&describe(shape)))),
        };
        let body = if shape.kind == Kind::Enum {
            let value = |value: &&'static str| Variant { value: Some(*value), name: variant_case(value) };
            let other = Variant { value: None, name: "Other".to_owned() };
            Body::Enum(shape.values.iter().map(value).chain([other]).collect())
        } else {
            Body::Struct(shape.members.iter().map(|member| self.field(shape.name, *member, None, is_sent)).collect())
        };
        Item { api_name: shape.name, docs, attributes, name: type_name(shape, self.options.names), body }
    }

    /// Returns the option `crate` of an attribute.
    fn crate_option(&self) -> Option<String> {
        self.options.crate_path.as_ref().map(|path| format!("crate = {path}"))
    }

    fn derive_is_chosen(&self, name: &str) -> bool {
        self.options.derives.iter().any(|derive| derive.rsplit(':').next() == Some(name))
    }

    fn derives(&self, is_sent: bool, is_enum: bool) -> Option<String> {
        let mut derives = Vec::new();
        for derive in &self.options.derives {
            if !derives.contains(derive) {
                derives.push(derive.clone());
            }
        }
        // Serde clones an enum that it serializes as another type.
        if is_enum && self.derive_is_chosen("Serialize") && !self.derive_is_chosen("Clone") {
            derives.insert(0, "Clone".to_owned());
        }
        if self.options.serde && is_sent && !self.derive_is_chosen("Deserialize") {
            derives.push("serde::Deserialize".to_owned());
        }
        (!derives.is_empty()).then(|| derive(self.options.width, &derives))
    }

    /// Breaks documentation into lines.
    fn docs(&self, indent: usize, text: &str) -> Vec<String> {
        wrapped(text, self.options.width - indent - "/// ".len())
    }

    /// Renders a member of a structure, with its constraints where it is sent.
    fn field(&mut self, structure: &str, member: Member, auto_fill: Option<AutoFill>, is_sent: bool) -> Field {
        let shape = member.shape();
        let mut attributes = Vec::new();
        if let Some(shape) = &shape {
            self.need(shape);
            if is_sent {
                attributes = constraints(shape, self.options);
                if self.options.serde && is_violated_if_missing(member, shape, self.options.bounds) {
                    attributes.push("serde(default)".to_owned());
                }
            }
        }
        Field {
            member,
            docs: self.docs(4, &member_docs(structure, &member, auto_fill)),
            attributes,
            name: field_name(member.name),
            ty: shape.map_or_else(|| "String".to_owned(), |shape| named_type(&shape, self.options.names)),
            optional: !member.required,
        }
    }

    fn need(&mut self, shape: &Shape) {
        match shape.kind {
            Kind::Structure | Kind::Enum => self.needed.push(shape.clone()),
            Kind::List | Kind::Map => {
                for entry in (0..2).filter_map(|index| shape.entry(index)) {
                    self.need(&entry);
                }
            }
            _ => {}
        }
    }
}

/// The members that a program sets, since the sender of a form must not choose them. Members with an ARN are among them too.
pub const NOT_FROM_FORMS: [&str; 14] = [
    // The tokens and the session of a user, which stay on the server.
    "AccessToken",
    "ActorToken",
    "RefreshToken",
    "Session",
    "SubjectToken",
    "Token",
    // The attributes of a user, such as a role. A form has a field for each attribute that it may set.
    "UserAttributes",
    // The input of Lambda triggers.
    "ClientMetadata",
    "ValidationData",
    // Facts about the caller.
    "AnalyticsMetadata",
    "ContextData",
    "UserContextData",
    // Takes an email address or phone number away from another user.
    "ForceAliasCreation",
    // The subject of calls by an administrator.
    "UserPoolId",
];

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for path in &self.uses {
            writeln!(f, "use {path};")?;
        }
        for item in &self.items {
            write!(f, "\n{item}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_docs(f, "", &self.docs)?;
        for attribute in &self.attributes {
            writeln!(f, "#[{attribute}]")?;
        }
        match &self.body {
            Body::Struct(fields) if fields.is_empty() => writeln!(f, "pub struct {} {{}}", self.name),
            Body::Struct(fields) => {
                writeln!(f, "pub struct {} {{", self.name)?;
                for field in fields {
                    write!(f, "{field}")?;
                }
                writeln!(f, "}}")
            }
            Body::Enum(variants) => {
                writeln!(f, "pub enum {} {{", self.name)?;
                for variant in variants {
                    write!(f, "{variant}")?;
                }
                writeln!(f, "}}")
            }
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_docs(f, "    ", &self.docs)?;
        for attribute in &self.attributes {
            writeln!(f, "    #[{attribute}]")?;
        }
        let Self { name, ty, .. } = self;
        if self.optional { writeln!(f, "    pub {name}: Option<{ty}>,") } else { writeln!(f, "    pub {name}: {ty},") }
    }
}

fn write_docs(f: &mut impl fmt::Write, indent: &str, lines: &[String]) -> fmt::Result {
    for line in lines {
        writeln!(f, "{}", format!("{indent}/// {line}").trim_end())?;
    }
    Ok(())
}

impl fmt::Display for Variant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.value {
            Some(value) => writeln!(f, "    /// `{value}`.\n    {},", self.name),
            None => writeln!(f, "    /// A value that is not listed here.\n    {}(String),", self.name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Model, SERVICE};

    #[test]
    fn descriptions_name_structures_and_enums() {
        let of = |name: &str| describe(&SERVICE.shape(name).expect("a shape"));
        assert_eq!(of("AttributeType"), "the structure `AttributeType`");
        assert_eq!(of("DeliveryMediumType"), "the string enum `DeliveryMediumType`");
        assert_eq!(of("AttributeListType"), "a list of `AttributeType`");
        assert_eq!(of("ClientMetadataType"), "a map");
        assert_eq!(of("AcrConfigurationType"), "a map with values of `AcrLevelConfigType`");

        let within = |name: &str| shape_within(&SERVICE.shape(name).expect("a shape"));
        assert_eq!(within("AttributeType"), Some("AttributeType"));
        assert_eq!(within("DeliveryMediumType"), Some("DeliveryMediumType"));
        assert_eq!(within("AttributeListType"), Some("AttributeType"));
        assert_eq!(within("AcrConfigurationType"), Some("AcrLevelConfigType"));
        assert_eq!((within("ClientMetadataType"), within("UsernameType")), (None, None));
    }

    #[test]
    fn bounds_are_described_in_units() {
        for (kind, min, max, expected) in [
            (Kind::String, Some(1), Some(128), "1 to 128 characters"),
            (Kind::String, Some(0), Some(1), "at most 1 character"),
            (Kind::List, Some(2), Some(2), "exactly 2 entries"),
            (Kind::Map, Some(1), None, "at least 1 entry"),
            (Kind::Blob, None, Some(2), "at most 2 bytes"),
            (Kind::Integer, Some(0), Some(3650), "0 to 3650"),
        ] {
            let mut shape = SERVICE.shape("UsernameType").expect("a shape");
            (shape.kind, shape.min, shape.max, shape.pattern) = (kind, min, max, None);
            assert_eq!(bounds(&shape), [expected], "{kind:?}");
        }
    }

    /// A type named as suggested is checked against the shape that was meant, and no two types have the same name.
    #[test]
    fn names_of_types_resolve_to_their_shape() {
        let mut names: Vec<String> = SERVICE.operation_names().map(str::to_owned).collect();
        for shape in SERVICE.shapes().filter(|shape| matches!(shape.kind, Kind::Structure | Kind::Enum)) {
            let name = rust_type(&shape);
            assert_eq!(SERVICE.shape(&name).map(|found| found.name), Some(shape.name), "{name}");
            assert!(!names.contains(&name), "{name}");
            names.push(name);
        }
        for imported in ["BTreeMap", "SystemTime", "String", "Vec", "Option"] {
            assert!(!names.iter().any(|name| name == imported), "{imported}");
        }
    }

    #[test]
    fn members_that_forms_must_not_set_exist_and_have_a_default() {
        let inputs: Vec<Shape> = SERVICE.operations().filter_map(|operation| operation.input).collect();
        for name in NOT_FROM_FORMS {
            let members: Vec<Member> = inputs.iter().filter_map(|input| input.member_named(name)).collect();
            assert!(!members.is_empty(), "{name}");
            for shape in members.iter().filter(|member| member.required).filter_map(Member::shape) {
                assert!(matches!(shape.kind, Kind::String | Kind::List | Kind::Map), "{name}");
            }
        }
    }

    /// The macro finds members and values by the names of fields and variants, so that `#[member]` is not needed.
    #[test]
    fn names_of_fields_and_variants_resolve_to_their_member() {
        for shape in SERVICE.shapes() {
            for member in &shape.members {
                let field = field_name(member.name);
                let found = shape.member(field.trim_start_matches("r#")).map(|found| found.name);
                assert_eq!(found, Some(member.name), "{}.{field}", shape.name);
            }
            for value in &shape.values {
                let variant = variant_case(value);
                assert_eq!(shape.value(&variant), Some(*value), "{}::{variant}", shape.name);
                assert!(variant != "Other" && variant.starts_with(|c: char| c.is_ascii_uppercase()), "{variant}");
            }
        }
    }

    /// Without the option `response`, the macro uses the type `XResponse` for the operation `X`.
    #[test]
    fn responses_with_other_names_are_in_the_attribute() {
        let model = Model::of(
            "operation A\n  unsigned\n  output AResponse\noperation B\n  unsigned\n  output Shared\n\
             shape AResponse\n  type structure\n  member Text Text\n\
             shape Shared\n  type structure\n  member Text Text\nshape Text\n  type string\n",
        );
        let operations: Vec<Operation> = model.operations().collect();
        let source = Source::of(&operations, &Options::default());
        let attribute = |name: &str| {
            let item = source.items.iter().find(|item| item.api_name == name).expect("an item");
            item.attributes[0].as_str()
        };
        assert_eq!(attribute("A"), "cognito_op(target = \"A\")");
        assert_eq!(attribute("B"), "cognito_op(target = \"B\", response = Shared)");
    }

    #[test]
    fn lists_page_if_the_token_and_the_list_are_rendered() {
        let list = SERVICE.operation("ListUsers").expect("an operation");
        let named = |names: &[&str]| Members::Some(names.iter().map(|name| (*name).to_owned()).collect());
        for (optional, response, expected) in [
            (Members::All, Members::All, true),
            (named(&["PaginationToken"]), named(&["PaginationToken", "Users"]), true),
            (Members::None, Members::All, false),
            (Members::All, named(&["Users"]), false),
            (Members::All, named(&["PaginationToken"]), false),
        ] {
            let options = Options { optional, response, ..Options::default() };
            let source = Source::of(std::slice::from_ref(&list), &options);
            let attribute = &source.items[0].attributes[0];
            assert_eq!(attribute.contains("paginated"), expected, "{attribute} {options:?}");
        }
    }

    #[test]
    fn structs_without_fields_have_one_line() {
        let operation = SERVICE.operation("AssociateSoftwareToken").expect("an operation");
        let options = Options { optional: Members::None, response: Members::None, ..Options::default() };
        let text = Source::of(&[operation], &options).to_string();
        assert!(text.ends_with("\npub struct AssociateSoftwareToken {}\n"), "{text}");
    }

    #[test]
    fn texts_are_wrapped_outside_code() {
        assert_eq!(wrapped("a bb ccc", 4), ["a bb", "ccc"]);
        assert_eq!(wrapped("a `b  c` d", 4), ["a", "`b  c`", "d"]);
        assert_eq!(wrapped("aaaaaa b", 4), ["aaaaaa", "b"]);
        assert_eq!(wrapped("", 4), [""]);
    }
}
