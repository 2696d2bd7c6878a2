//! Constraints as written, checked against the published ones.

use super::type_assertion::entries_on_type;
use crate::diagnostic::{Diagnostics, Message};
use crate::pattern::{self, Length, Matcher, Witness};
use crate::syntax::{self, Bounds, Entries, EntriesKind, FieldAttribute, TypeKind, Written, source};
use cognito_op_model::{self as model, Kind};
use proc_macro2::TokenStream;
use syn::{LitStr, Type};

/// Checked constraints, without the broken ones.
#[derive(Default)]
pub(crate) struct Constraints {
    pub(crate) length: Option<Bounds<u64>>,
    pub(crate) pattern: Option<Pattern>,
    pub(crate) range: Option<Bounds<i64>>,
    pub(crate) entries: Option<Box<Constraints>>,
    pub(crate) keys: Option<Box<Constraints>>,
}

/// The text of a pattern and its matcher.
pub(crate) struct Pattern {
    pub(crate) text: String,
    pub(crate) matcher: Matcher,
}

/// A constrained value: a member or its entries.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    /// The name of the member in the API.
    pub(super) member: &'a str,
    pub(super) ty: &'a Type,
    /// The constrained entries of `ty`, if its name does not tell their type.
    pub(super) entries: Option<EntriesKind>,
    pub(super) published: Option<&'a model::Shape>,
    pub(super) unpublished: &'a Unpublished,
}

/// The reason why the service publishes no constraint for a value.
pub(super) enum Unpublished {
    /// The member or its struct is unmodeled, or the published member has no such constraint.
    Unconstrained,
    /// The API has no shape with the name of the struct. Contains the name.
    OwnType(String),
    /// The operation, shape or member is not in the API, which another error reports.
    Reported,
}

impl Constraints {
    /// Returns whether there is no constraint.
    pub(crate) fn is_empty(&self) -> bool {
        let Self { length, pattern, range, entries, keys } = self;
        length.is_none() && pattern.is_none() && range.is_none() && entries.is_none() && keys.is_none()
    }

    pub(super) fn check(
        written: &syntax::Constraints,
        entries: &[Entries],
        place: Place<'_>,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let length = written.len.as_ref().and_then(|len| place.length(len, diagnostics));
        let pattern = written.pattern.as_ref().and_then(|pattern| place.pattern(pattern, length, diagnostics));
        let mut checked = Self {
            length,
            pattern,
            range: written.range.as_ref().and_then(|range| place.range(range, diagnostics)),
            entries: None,
            keys: None,
        };
        for entries in entries {
            let published = place.published.and_then(|shape| shape.entry(entries.kind.index()));
            let Some(place) = place.entries(entries, published.as_ref(), diagnostics) else { continue };
            let constraints = Some(Box::new(Self::check(&entries.constraints, &[], place, diagnostics)));
            match entries.kind {
                EntriesKind::Keys => checked.keys = constraints,
                EntriesKind::Each | EntriesKind::Values => checked.entries = constraints,
            }
        }
        checked
    }
}

/// Renders a value for a message, with escapes for invisible characters.
fn printable(value: &str) -> String {
    let escaped = |c: char| match u32::from(c) {
        number @ (0..0x20 | 0x7f..0xa1) => format!("\\x{number:02X}"),
        number @ (0x2000..0x2070 | 0xd800..0xf900 | 0xfe00..=0xffff) => format!("\\u{number:04X}"),
        _ => c.to_string(),
    };
    match value {
        "" => "the empty string".to_owned(),
        value => format!("`{}`", value.chars().map(escaped).collect::<String>()),
    }
}

impl<'a> Place<'a> {
    fn kind(self) -> TypeKind {
        TypeKind::of(self.ty)
    }

    /// Describes the constrained type, for a message.
    fn described(self) -> String {
        let ty = source(self.ty);
        self.entries.map_or_else(|| format!("`{ty}`"), |entries| format!("{} of `{ty}`", entries.described()))
    }

    /// Returns whether the name of the type does not tell its kind and the published kind satisfies `kind`.
    fn is_published(self, kind: impl Fn(Kind) -> bool) -> bool {
        self.kind() == TypeKind::Other && self.published.is_some_and(|shape| kind(shape.kind))
    }

    fn length(self, len: &Written<Bounds<u64>>, diagnostics: &mut Diagnostics) -> Option<Bounds<u64>> {
        let without =
            matches!(self.kind(), TypeKind::Boolean | TypeKind::Integer | TypeKind::OtherNumber | TypeKind::Timestamp);
        if without || self.is_published(|kind| !kind.is_text() && !matches!(kind, Kind::Blob | Kind::List | Kind::Map))
        {
            diagnostics.push(&len.at, Message::LenOnType { constrained: self.described() });
            return None;
        }
        let published = self.published.map_or(Bounds { min: None, max: None }, |shape| Bounds {
            min: shape.min.and_then(|min| min.try_into().ok()),
            max: shape.max.and_then(|max| max.try_into().ok()),
        });
        self.bounds(len, published, FieldAttribute::Len, diagnostics)
    }

    fn range(self, range: &Written<Bounds<i64>>, diagnostics: &mut Diagnostics) -> Option<Bounds<i64>> {
        if self.kind() == TypeKind::OtherNumber {
            // The type itself is an error.
            return None;
        }
        let number = |kind| matches!(kind, Kind::Integer | Kind::Long);
        if !matches!(self.kind(), TypeKind::Integer | TypeKind::Other) || self.is_published(|kind| !number(kind)) {
            diagnostics.push(&range.at, Message::RangeOnType { constrained: self.described() });
            return None;
        }
        let published =
            self.published.map_or(Bounds { min: None, max: None }, |shape| Bounds { min: shape.min, max: shape.max });
        self.bounds(range, published, FieldAttribute::Range, diagnostics)
    }

    fn bounds<N: Copy + PartialOrd + ToString>(
        self,
        written: &Written<Bounds<N>>,
        published: Bounds<N>,
        constraint: FieldAttribute,
        diagnostics: &mut Diagnostics,
    ) -> Option<Bounds<N>> {
        let Some(bounds) = written.value else {
            if published.min.is_none() && published.max.is_none() {
                self.report_unpublished(&written.at, constraint, diagnostics);
                return None;
            }
            return Some(published);
        };
        // A bound that is not written is not checked by the runtime, so it cannot be looser.
        let looser_min = bounds.min.zip(published.min).filter(|(bound, published)| bound < published);
        let looser_max = bounds.max.zip(published.max).filter(|(bound, published)| bound > published);
        for (end, looser) in [("minimum", looser_min), ("maximum", looser_max)] {
            if let Some((bound, published)) = looser {
                let end = if constraint == FieldAttribute::Len { format!("{end} length") } else { end.to_owned() };
                let message = Message::LooserBound {
                    attribute: constraint.name().to_owned(),
                    member: self.member.to_owned(),
                    bound: bound.to_string(),
                    end,
                    published: published.to_string(),
                };
                diagnostics.push(&written.at, message);
            }
        }
        Some(bounds)
    }

    fn pattern(
        self,
        written: &Written<LitStr>,
        length: Option<Bounds<u64>>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Pattern> {
        if !matches!(self.kind(), TypeKind::String | TypeKind::Other) || self.is_published(|kind| !kind.is_text()) {
            diagnostics.push(&written.at, Message::PatternOnType { constrained: self.described() });
            return None;
        }
        let published = self.published.and_then(|shape| shape.pattern);
        let text = match (&written.value, published) {
            (Some(literal), _) => literal.value(),
            (None, Some(published)) => published.to_owned(),
            (None, None) => {
                self.report_unpublished(&written.at, FieldAttribute::Pattern, diagnostics);
                return None;
            }
        };
        let matcher = match pattern::compile(&text) {
            Ok(matcher) => matcher,
            Err(messages) => {
                for message in messages {
                    diagnostics.push(&written.at, message);
                }
                return None;
            }
        };
        let length = length.map_or_else(Length::default, |Bounds { min, max }| Length { min: min.unwrap_or(0), max });
        if matcher.excludes(length) {
            diagnostics.push(&written.at, Message::PatternUnmatchable { length: length.to_string() });
        } else if let Some(published) = published.filter(|published| *published != text)
            && let Ok(narrower) = pattern::compile(published)
            && let Witness::Value(example) = matcher.beyond(&narrower, length)
        {
            let message = Message::LooserPattern {
                member: self.member.to_owned(),
                published: published.to_owned(),
                example: printable(&example),
            };
            diagnostics.push(&written.at, message);
        }
        Some(Pattern { text, matcher })
    }

    /// The entries of this value. They stay behind the name of a type that does not tell.
    fn entries(
        self,
        entries: &Entries,
        published: Option<&'a model::Shape>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let kind = match entries.kind {
            EntriesKind::Each => TypeKind::List,
            EntriesKind::Keys | EntriesKind::Values => TypeKind::Map,
        };
        if self.kind() == TypeKind::Other {
            return Some(Self { entries: Some(entries.kind), published, ..self });
        }
        match syntax::arguments(self.ty).get(entries.kind.index()) {
            Some(ty) if self.kind() == kind => Some(Self { ty, entries: None, published, ..self }),
            _ => {
                diagnostics.push(&entries.at, entries_on_type(entries.kind, self.ty));
                None
            }
        }
    }

    fn report_unpublished(self, at: &TokenStream, constraint: FieldAttribute, diagnostics: &mut Diagnostics) {
        let constraint = if constraint == FieldAttribute::Len { "length" } else { constraint.name() };
        let (constraint, member) = (constraint.to_owned(), self.member.to_owned());
        match self.unpublished {
            Unpublished::Unconstrained => diagnostics.push(at, Message::NothingPublished { constraint, member }),
            Unpublished::OwnType(name) => {
                diagnostics.push(at, Message::NothingPublishedForType { constraint, member, name: name.clone() });
            }
            Unpublished::Reported => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invisible_characters_are_escaped() {
        for (value, text) in [
            ("", "the empty string"),
            ("a", "`a`"),
            ("\u{1f} ~\u{7f}", "`\\x1F ~\\x7F`"),
            ("\u{a0}¡", "`\\xA0¡`"),
            ("\u{1fff}\u{2000}\u{206f}\u{2070}", "`\u{1fff}\\u2000\\u206F\u{2070}`"),
            ("\u{d7ff}\u{e000}\u{f8ff}\u{f900}", "`\u{d7ff}\\uE000\\uF8FF\u{f900}`"),
            ("\u{fdff}\u{fe00}\u{ffff}😀", "`\u{fdff}\\uFE00\\uFFFF😀`"),
        ] {
            assert_eq!(printable(value), text);
        }
    }
}
