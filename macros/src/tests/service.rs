//! All operations of the API: structs as published have no errors, and each mistake is one error on one token.

use crate::attribute;
use crate::diagnostic::Diagnostics;
use crate::syntax::AttributeMacro;
use cognito_op_model::SERVICE;
use cognito_op_model::source::{Body, Bounds, Field, Item, Members, Options, Source};
use proc_macro2::TokenStream;
use quote::ToTokens;

/// The struct of an operation, with the options of its attribute apart.
#[derive(Clone)]
struct Operation {
    options: String,
    item: Item,
}

impl Operation {
    fn all() -> impl Iterator<Item = Self> {
        let options = Options { bounds: Bounds::Spelled, response: Members::None, ..Options::default() };
        SERVICE.operations().map(move |operation| {
            let mut item = Source::of(&[operation], &options).items.remove(0);
            let attribute = item.attributes.remove(0);
            let options = attribute.strip_prefix("cognito_op(").and_then(|rest| rest.strip_suffix(')')).unwrap();
            Self { options: options.to_owned(), item }
        })
    }

    fn fields(&mut self) -> &mut Vec<Field> {
        let Body::Struct(fields) = &mut self.item.body else { panic!("a struct") };
        fields
    }

    /// Returns the name of the structure of requests.
    fn input(&self) -> &'static str {
        SERVICE.operation(self.item.api_name).and_then(|operation| operation.input).unwrap().name
    }

    /// Returns the generated code, and the errors, each with the source text of its tokens.
    fn expand(&self) -> (TokenStream, Vec<(String, String)>) {
        let text = self.item.to_string();
        let (options, struct_) = (self.options.parse().unwrap(), text.parse().unwrap());
        let mut diagnostics = Diagnostics::default();
        let item = attribute::expand(AttributeMacro::Operation, &options, struct_, &mut diagnostics);
        let tokens = crate::operation(item, false, &mut diagnostics).expect(&text);
        let errors = diagnostics.into_errors().into_iter();
        (tokens, errors.map(|error| (error.to_string(), error.span().source_text().unwrap_or_default())).collect())
    }

    fn errors(&self) -> Vec<(String, String)> {
        self.expand().1
    }
}

#[test]
fn operations_as_published_have_no_errors_and_parse() {
    for operation in Operation::all() {
        let (tokens, errors) = operation.expand();
        assert_eq!(errors, [], "{}", operation.item);
        syn::parse2::<syn::File>(tokens.to_token_stream()).unwrap();
    }
}

/// Every list pages with the source that the generator prints, and only a list does.
#[test]
fn lists_have_the_option_paginated() {
    let mut lists = 0;
    for published in SERVICE.operations() {
        let mut items = Source::of(std::slice::from_ref(&published), &Options::default()).items;
        let (mut request, response) = (items.remove(0), items.into_iter().next());
        let attribute = request.attributes.remove(0);
        let options = attribute.split(['(', ')']).nth(1).unwrap().to_owned();
        assert_eq!(options.contains("paginated"), published.pagination.is_some(), "{options}");
        let mut operation = Operation { options, item: request };
        let Some(pagination) = published.pagination else {
            operation.options.push_str(", paginated");
            let message = format!("`{}` does not return a list in pages; remove `paginated`", published.name);
            assert_eq!(operation.errors(), [(message, "paginated".to_owned())]);
            continue;
        };
        let (tokens, errors) = operation.expand();
        assert_eq!(errors, [], "{}", operation.item);
        let impl_ = format!("impl __c :: Paginated for {}", published.name);
        assert!(tokens.to_string().contains(&impl_), "{tokens}");
        operation.fields().retain(|field| field.member.name != pagination.token);
        let errors = operation.errors();
        let message = format!("missing member `{}`: `paginated` sets ", pagination.token);
        assert!(errors.len() == 1 && errors[0].0.starts_with(&message), "{errors:?}");
        assert_eq!(errors[0].1, "paginated");

        // The list may be optional or not.
        let mut response = response.expect("a response");
        for optional in [true, false] {
            let Body::Struct(fields) = &mut response.body else { panic!("a struct") };
            let list = fields.iter_mut().find(|field| field.member.name == pagination.list).expect("the list");
            list.optional = optional;
            let impl_ = format!("impl __c :: Page for {}", response.name);
            let expanded = expand_shape(&response).to_string();
            assert!(expanded.contains(&impl_) && !expanded.contains("INCOMPLETE"), "{expanded}");
        }
        // Without one of its two members, `paginated` is an error.
        for missing in [pagination.token, pagination.list] {
            let mut without = response.clone();
            let Body::Struct(fields) = &mut without.body else { panic!("a struct") };
            fields.retain(|field| field.member.name != missing);
            assert!(expand_shape(&without).to_string().contains("INCOMPLETE"), "{missing}");
        }
        lists += 1;
    }
    assert_eq!(lists, 21);
}

/// Expands a response, which has no errors.
fn expand_shape(item: &Item) -> TokenStream {
    let mut item = item.clone();
    item.attributes.clear();
    let mut diagnostics = Diagnostics::default();
    let derived = attribute::expand(
        AttributeMacro::Shape,
        &TokenStream::new(),
        item.to_string().parse().unwrap(),
        &mut diagnostics,
    );
    let tokens = crate::shape(derived, &mut diagnostics).expect("a shape");
    assert_eq!(diagnostics.into_errors().len(), 0, "{item}");
    tokens
}

#[test]
fn a_misspelt_member_is_an_error_on_its_name() {
    for mut operation in Operation::all().filter(|operation| !operation.clone().fields().is_empty()) {
        let required = operation.fields().iter().position(|field| !field.optional).unwrap_or(0);
        let field = &mut operation.fields()[required];
        // Not a member that only its name makes the client fill in.
        field.attributes.clear();
        let right = field.name.clone();
        field.name.push('x');
        let errors = operation.errors();
        let message = format!("`{}` has no member `{right}x`; did you mean `{right}`", operation.input());
        assert!(errors[0].0.starts_with(&message), "{errors:?}");
        assert_eq!((errors.len(), errors[0].1.clone()), (1, format!("{right}x")), "{errors:?}");
    }
}

#[test]
fn a_missing_required_member_is_an_error_on_the_struct() {
    for mut operation in Operation::all() {
        let Some(required) = operation.fields().iter().position(|field| !field.optional) else { continue };
        let Field { name, .. } = operation.fields().remove(required);
        let errors = operation.errors();
        let message = format!("missing required members of `{}`; add\n    pub {name}: ", operation.input());
        assert!(errors[0].0.starts_with(&message), "{errors:?}");
        assert_eq!((errors.len(), errors[0].1.as_str()), (1, operation.item.api_name));
    }
}

#[test]
fn a_looser_length_is_an_error_on_its_attribute() {
    let mut count = 0;
    for mut operation in Operation::all() {
        let fields = operation.fields().iter_mut();
        let bounded = fields.filter_map(|field| {
            let shape = field.member.shape()?;
            let len = field.attributes.iter_mut().find(|attribute| attribute.starts_with("len("))?;
            Some((shape, len))
        });
        let Some((shape, len)) = bounded.into_iter().next() else { continue };
        let (end, published, wider) = match (shape.min, shape.max) {
            (_, Some(max)) => ("max", max, max + 1),
            (Some(min), None) if min > 0 => ("min", min, min - 1),
            _ => continue,
        };
        *len = format!("len({end} = {wider})");
        let errors = operation.errors();
        let message = format!("a {end}imum length of {wider} is looser than the published {published} for `");
        assert!(errors[0].0.starts_with(&message), "{errors:?}");
        assert_eq!((errors.len(), errors[0].1.clone()), (1, format!("len({end} = {wider})")), "{errors:?}");
        count += 1;
    }
    assert!(count > 100, "{count}");
}

#[test]
fn an_optional_required_member_is_an_error_on_its_type() {
    for mut operation in Operation::all() {
        let Some(required) = operation.fields().iter().position(|field| !field.optional) else { continue };
        let field = &mut operation.fields()[required];
        field.optional = true;
        let ty = field.ty.clone();
        let errors = operation.errors();
        assert!(errors[0].0.ends_with(&format!(" make it `{ty}`")), "{errors:?}");
        assert_eq!((errors.len(), errors[0].1.clone()), (1, format!("Option<{ty}>")), "{errors:?}");
    }
}
