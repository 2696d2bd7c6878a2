//! Constraints as written × constraints as published.

use crate::diagnostic::{Diagnostics, Message};
use crate::model::{self, Kind};
use crate::pattern::{self, Length, Matcher, Witness};
use crate::syntax::{self, Bounds, Entries, TypeKind, Written, source};
use syn::{LitStr, Type};

/// Checked constraints; what is wrong is left out.
#[derive(Default)]
pub(crate) struct Constraints {
    pub(crate) length: Option<Bounds<u64>>,
    pub(crate) pattern: Option<Pattern>,
    pub(crate) range: Option<Bounds<i64>>,
    pub(crate) entries: Option<Box<Constraints>>,
    pub(crate) keys: Option<Box<Constraints>>,
}

/// A pattern as written and as it will be matched.
pub(crate) struct Pattern {
    pub(crate) text: String,
    pub(crate) matcher: Matcher,
}

/// What is constrained: a member or its entries.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    /// The name of the member on the wire.
    pub(super) member: &'a str,
    pub(super) ty: &'a Type,
    /// What is constrained of the type, where that is behind its name: one of its entries.
    pub(super) entry: Option<&'static str>,
    pub(super) published: Option<&'a model::Shape>,
}

impl Constraints {
    /// Whether nothing is checked.
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
            let Some((ty, entry, published)) = place.entries(entries, diagnostics) else { continue };
            let place = Place { ty, entry, published: published.as_ref(), ..place };
            let constraints = Some(Box::new(Self::check(&entries.constraints, &[], place, diagnostics)));
            if entries.name == "keys" {
                checked.keys = constraints;
            } else {
                checked.entries = constraints;
            }
        }
        checked
    }
}

/// A value as it would stand in a pattern.
fn shown(value: &str) -> String {
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

    /// The type, for a message.
    fn quoted(self) -> String {
        let ty = source(self.ty);
        self.entry.map_or_else(|| format!("`{ty}`"), |entry| format!("{entry} of `{ty}`"))
    }

    /// Whether the service has something of that kind there, whatever the type is called.
    fn is_published(self, kind: impl Fn(Kind) -> bool) -> bool {
        self.kind() == TypeKind::Other && self.published.is_some_and(|shape| kind(shape.kind))
    }

    fn length(self, len: &Written<Bounds<u64>>, diagnostics: &mut Diagnostics) -> Option<Bounds<u64>> {
        let without =
            matches!(self.kind(), TypeKind::Boolean | TypeKind::Integer | TypeKind::OtherNumber | TypeKind::Timestamp);
        if without || self.is_published(|kind| !kind.is_text() && !matches!(kind, Kind::Blob | Kind::List | Kind::Map))
        {
            diagnostics.push(&len.at, Message::LenOnType { what: self.quoted() });
            return None;
        }
        let published = self.published.map_or(Bounds { min: None, max: None }, |shape| Bounds {
            min: shape.min.and_then(|min| min.try_into().ok()),
            max: shape.max.and_then(|max| max.try_into().ok()),
        });
        self.bounds(len, published, "length", diagnostics)
    }

    fn range(self, range: &Written<Bounds<i64>>, diagnostics: &mut Diagnostics) -> Option<Bounds<i64>> {
        let number = |kind| matches!(kind, Kind::Integer | Kind::Long);
        if !matches!(self.kind(), TypeKind::Integer | TypeKind::Other) || self.is_published(|kind| !number(kind)) {
            diagnostics.push(&range.at, Message::RangeOnType { what: self.quoted() });
            return None;
        }
        let published =
            self.published.map_or(Bounds { min: None, max: None }, |shape| Bounds { min: shape.min, max: shape.max });
        self.bounds(range, published, "range", diagnostics)
    }

    fn bounds<N: Copy + PartialOrd + ToString>(
        self,
        written: &Written<Bounds<N>>,
        published: Bounds<N>,
        what: &str,
        diagnostics: &mut Diagnostics,
    ) -> Option<Bounds<N>> {
        let Some(bounds) = written.value else {
            if published.min.is_none() && published.max.is_none() {
                self.nothing_published(&written.at, what, diagnostics);
                return None;
            }
            return Some(published);
        };
        // One that is not written at all is not checked, and nobody believes that it is.
        let ends = [("minimum", bounds.min, published.min, true), ("maximum", bounds.max, published.max, false)];
        for (end, written_end, published_end, is_minimum) in ends {
            if let (Some(bound), Some(published)) = (written_end, published_end)
                && (if is_minimum { bound < published } else { bound > published })
            {
                let message = Message::LooserBound {
                    attribute: if what == "range" { "range" } else { "len" }.to_owned(),
                    member: self.member.to_owned(),
                    bound: format!("a {end} of {}", bound.to_string()),
                    published: format!("a {end} {what} of {}", published.to_string()).replace(" range", ""),
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
            diagnostics.push(&written.at, Message::PatternOnType { what: self.quoted() });
            return None;
        }
        let published = self.published.and_then(|shape| shape.pattern);
        let text = match (&written.value, published) {
            (Some(literal), _) => literal.value(),
            (None, Some(published)) => published.to_owned(),
            (None, None) => {
                self.nothing_published(&written.at, "pattern", diagnostics);
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
                example: shown(&example),
            };
            diagnostics.push(&written.at, message);
        }
        Some(Pattern { text, matcher })
    }

    /// What the entries are, by their type and by the service.
    fn entries(
        self,
        entries: &Entries,
        diagnostics: &mut Diagnostics,
    ) -> Option<(&'a Type, Option<&'static str>, Option<model::Shape>)> {
        let arguments = syntax::arguments(self.ty);
        let (wanted, which) = match entries.name {
            "each" => (TypeKind::List, 0),
            "keys" => (TypeKind::Map, 0),
            _ => (TypeKind::Map, 1),
        };
        let published = self.published.and_then(|shape| shape.entry(which));
        match arguments.get(which) {
            // Behind a name the compiler looks.
            _ if self.kind() == TypeKind::Other => Some((self.ty, Some(entries.one()), published)),
            Some(ty) if self.kind() == wanted => Some((ty, None, published)),
            _ => {
                let (attribute, ty) = (entries.name.to_owned(), source(self.ty));
                let fits = if wanted == TypeKind::List { "a `Vec`" } else { "a map" };
                diagnostics.push(&entries.at, Message::EntriesOnType { attribute, ty, fits: fits.to_owned() });
                None
            }
        }
    }

    fn nothing_published(self, at: &proc_macro2::TokenStream, what: &str, diagnostics: &mut Diagnostics) {
        let (what, member) = (what.to_owned(), self.member.to_owned());
        diagnostics.push(at, Message::NothingPublished { what, member });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_shown_by_its_number() {
        for (value, text) in [
            ("", "the empty string"),
            ("a", "`a`"),
            ("\u{1f} ~\u{7f}", "`\\x1F ~\\x7F`"),
            ("\u{a0}¡", "`\\xA0¡`"),
            ("\u{1fff}\u{2000}\u{206f}\u{2070}", "`\u{1fff}\\u2000\\u206F\u{2070}`"),
            ("\u{d7ff}\u{e000}\u{f8ff}\u{f900}", "`\u{d7ff}\\uE000\\uF8FF\u{f900}`"),
            ("\u{fdff}\u{fe00}\u{ffff}😀", "`\u{fdff}\\uFE00\\uFFFF😀`"),
        ] {
            assert_eq!(shown(value), text);
        }
    }
}
