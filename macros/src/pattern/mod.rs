//! A pattern text → a matcher table, in the service's dialect.
//!
//! The whole value must match. `\w`, `\d` and `\s` are ASCII, as in Java, which is the working assumption about the
//! service; `\p{…}` are Unicode general categories. A code point that this crate's Unicode version does not assign is
//! accepted wherever a category is named, since a newer version may put it there: what the service accepts is never
//! rejected.

use crate::diagnostic::Message;
use regex_syntax::ast::parse::Parser;
use regex_syntax::ast::{
    Assertion, AssertionKind, Ast, ClassPerl, ClassPerlKind, ClassSet, ClassSetBinaryOpKind, ClassSetItem, ErrorKind,
    RepetitionKind, RepetitionRange,
};
use regex_syntax::hir::{Class as HirClass, ClassUnicode, ClassUnicodeRange, HirKind};

/// One class, repeated.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Matcher {
    /// Bit `n` stands for the ASCII character `n`.
    pub(crate) ascii: u128,
    /// The members beyond ASCII, sorted, both ends inclusive.
    pub(crate) ranges: Vec<(u32, u32)>,
    pub(crate) min: u32,
    pub(crate) max: Option<u32>,
}

impl Matcher {
    /// A character that this accepts and the other does not.
    pub(crate) fn beyond(&self, other: &Self) -> Option<char> {
        let ascii = self.ascii & !other.ascii;
        // One that can be seen, if there is one.
        let printable = ascii >> 0x20 << 0x20 & !(1 << 0x7f);
        for ascii in [printable, ascii] {
            if ascii != 0 {
                return char::from_u32(ascii.trailing_zeros());
            }
        }
        self.ranges.iter().find_map(|(start, end)| {
            // The ranges are sorted and apart, so that one of the other's holds all of this one or does not.
            let within = other.ranges.iter().find(|(low, high)| low <= start && start <= high);
            match within {
                Some((_, high)) if high >= end => None,
                Some((_, high)) => char::from_u32(high + 1),
                None => char::from_u32(*start),
            }
        })
    }
}

pub(crate) fn compile(pattern: &str) -> Result<Matcher, Message> {
    let ast = Parser::new().parse(pattern).map_err(|error| match error.kind() {
        ErrorKind::UnsupportedLookAround => Message::PatternLookAround {},
        ErrorKind::UnsupportedBackreference => Message::PatternBackReference {},
        kind => Message::PatternSyntax { reason: format!("{kind} (at character {})", error.span().start.column) },
    })?;
    let (class, min, max) = repeated_class(&ast)?;
    let class = class_of(class)?;
    if class.ranges().is_empty() {
        return Err(Message::PatternEmptyClass {});
    }
    let mut matcher = Matcher { ascii: 0, ranges: Vec::new(), min, max };
    for range in class.ranges() {
        let (start, end) = (u32::from(range.start()), u32::from(range.end()));
        for ascii in start..=end.min(0x7f) {
            matcher.ascii |= 1 << ascii;
        }
        if end > 0x7f {
            matcher.ranges.push((start.max(0x80), end));
        }
    }
    Ok(matcher)
}

/// The class of a pattern and how often it stands there: `[…]+`, also between `^` and `$`, which a full match implies.
fn repeated_class(ast: &Ast) -> Result<(&Ast, u32, Option<u32>), Message> {
    match ast {
        Ast::Concat(concat) => {
            let mut parts = concat.asts.as_slice();
            if let [first, rest @ ..] = parts
                && is_assertion(first, &AssertionKind::StartLine)
            {
                parts = rest;
            }
            if let [rest @ .., last] = parts
                && is_assertion(last, &AssertionKind::EndLine)
            {
                parts = rest;
            }
            match parts {
                [one] => repeated_class(one),
                _ => Err(Message::PatternShape {}),
            }
        }
        Ast::Repetition(repetition) => {
            let (min, max) = match &repetition.op.kind {
                RepetitionKind::ZeroOrOne => (0, Some(1)),
                RepetitionKind::ZeroOrMore => (0, None),
                RepetitionKind::OneOrMore => (1, None),
                RepetitionKind::Range(RepetitionRange::Exactly(n)) => (*n, Some(*n)),
                RepetitionKind::Range(RepetitionRange::AtLeast(n)) => (*n, None),
                RepetitionKind::Range(RepetitionRange::Bounded(min, max)) => (*min, Some(*max)),
            };
            Ok((&repetition.ast, min, max))
        }
        Ast::ClassBracketed(_) | Ast::ClassPerl(_) | Ast::ClassUnicode(_) => Ok((ast, 1, Some(1))),
        _ => Err(Message::PatternShape {}),
    }
}

fn is_assertion(ast: &Ast, kind: &AssertionKind) -> bool {
    matches!(ast, Ast::Assertion(assertion) if matches!(&**assertion, Assertion { kind: found, .. } if found == kind))
}

fn class_of(ast: &Ast) -> Result<ClassUnicode, Message> {
    match ast {
        Ast::ClassPerl(class) => Ok(perl(class)),
        Ast::ClassUnicode(class) => {
            let mut class = category(class)?;
            class.union(&unassigned());
            Ok(class)
        }
        Ast::ClassBracketed(class) => {
            let mut members = ClassUnicode::empty();
            let categories = collect(&class.kind, &mut members)?;
            if class.negated {
                members.negate();
            }
            if categories {
                members.union(&unassigned());
            }
            Ok(members)
        }
        _ => Err(Message::PatternShape {}),
    }
}

/// Adds the members of a class; says whether a general category is among them.
fn collect(set: &ClassSet, members: &mut ClassUnicode) -> Result<bool, Message> {
    match set {
        ClassSet::Item(item) => collect_item(item, members),
        ClassSet::BinaryOp(operation) => {
            let operator = match operation.kind {
                ClassSetBinaryOpKind::Intersection => "&&",
                ClassSetBinaryOpKind::Difference => "--",
                ClassSetBinaryOpKind::SymmetricDifference => "~~",
            };
            Err(Message::PatternClassOperator { operator: operator.to_owned() })
        }
    }
}

fn collect_item(item: &ClassSetItem, members: &mut ClassUnicode) -> Result<bool, Message> {
    match item {
        ClassSetItem::Empty(_) => Ok(false),
        ClassSetItem::Literal(literal) => {
            members.push(ClassUnicodeRange::new(literal.c, literal.c));
            Ok(false)
        }
        ClassSetItem::Range(range) => {
            members.push(ClassUnicodeRange::new(range.start.c, range.end.c));
            Ok(false)
        }
        ClassSetItem::Perl(class) => {
            members.union(&perl(class));
            Ok(false)
        }
        ClassSetItem::Unicode(class) => {
            members.union(&category(class)?);
            Ok(true)
        }
        ClassSetItem::Union(union) => {
            let mut categories = false;
            for item in &union.items {
                categories |= collect_item(item, members)?;
            }
            Ok(categories)
        }
        ClassSetItem::Ascii(_) | ClassSetItem::Bracketed(_) => Err(Message::PatternNestedClass {}),
    }
}

fn perl(class: &ClassPerl) -> ClassUnicode {
    let ranges: &[(char, char)] = match class.kind {
        ClassPerlKind::Digit => &[('0', '9')],
        ClassPerlKind::Space => &[('\t', '\r'), (' ', ' ')],
        ClassPerlKind::Word => &[('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')],
    };
    let mut class_ranges = ClassUnicode::new(ranges.iter().map(|(start, end)| ClassUnicodeRange::new(*start, *end)));
    if class.negated {
        class_ranges.negate();
    }
    class_ranges
}

fn category(class: &regex_syntax::ast::ClassUnicode) -> Result<ClassUnicode, Message> {
    let ast = Ast::ClassUnicode(Box::new(class.clone()));
    let text = ast.to_string();
    let unknown = || Message::PatternUnicodeClass { class: text.clone() };
    let hir = regex_syntax::hir::translate::Translator::new().translate(&text, &ast).map_err(|_| unknown())?;
    match hir.into_kind() {
        HirKind::Class(HirClass::Unicode(class)) => Ok(class),
        _ => Err(unknown()),
    }
}

fn unassigned() -> ClassUnicode {
    match regex_syntax::parse(r"\p{Cn}").map(regex_syntax::hir::Hir::into_kind) {
        Ok(HirKind::Class(HirClass::Unicode(class))) => class,
        _ => ClassUnicode::empty(),
    }
}

#[cfg(test)]
mod tests;
