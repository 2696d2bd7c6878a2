//! A pattern's text → what it means in the service's dialect.
//!
//! `\w`, `\d` and `\s` are ASCII, as in Java, which is the working assumption about the service; `\p{…}` are Unicode
//! general categories. A code point that this crate's Unicode version does not assign is accepted wherever a category is
//! named, since a newer version may put it there, and where a category is excluded, so is one that older versions do not
//! assign: what the service accepts is never rejected. Whatever Java, ECMAScript
//! and Rust read differently is refused, so that a pattern means the same on whichever side it is read.

use crate::diagnostic::Message;
use regex_syntax::ast::parse::Parser;
use regex_syntax::ast::{
    AssertionKind, Ast, ClassBracketed, ClassPerl, ClassPerlKind, ClassSet, ClassSetBinaryOpKind, ClassSetItem,
    ClassUnicodeKind, ErrorKind, Flag, Flags, FlagsItemKind, GroupKind, HexLiteralKind, Literal, LiteralKind,
    RepetitionKind, RepetitionRange, Span, SpecialLiteralKind,
};
use regex_syntax::hir::{Class, ClassUnicode, ClassUnicodeRange, HirKind};

/// What a pattern says: sets of characters, one after the other, either or, repeated.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Expression {
    Set(Set),
    Sequence(Vec<Expression>),
    Either(Vec<Expression>),
    Repeat { of: Box<Expression>, min: u32, max: Option<u32> },
}

impl Expression {
    pub(super) const NOTHING: Self = Self::Sequence(Vec::new());
}

/// The characters that can stand in one place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Set {
    pub(super) members: ClassUnicode,
    /// The class as it is written.
    pub(super) text: String,
}

/// Reads a pattern; the errors are everything that is wrong with it.
pub(super) fn read(pattern: &str) -> Result<Expression, Vec<Message>> {
    let ast = Parser::new().parse(pattern).map_err(|error| vec![refused(error.kind(), pattern, *error.span())])?;
    let mut reader = Reader { pattern, dot_all: false, wrong: Vec::new() };
    let expression = reader.expression(&ast, Edges { first: true, last: true });
    if reader.wrong.is_empty() { Ok(expression) } else { Err(reader.wrong) }
}

/// Why the parser stopped.
fn refused(kind: &ErrorKind, pattern: &str, span: Span) -> Message {
    let rest = &pattern[span.start.offset..];
    let escape =
        |length| Message::PatternEscape { escape: rest.chars().take(length).collect(), instead: ESCAPES.to_owned() };
    match kind {
        ErrorKind::UnsupportedLookAround => Message::PatternLookAround {},
        ErrorKind::UnsupportedBackreference if rest.starts_with("\\0") => escape(2),
        ErrorKind::UnsupportedBackreference => Message::PatternBackReference {},
        ErrorKind::EscapeUnrecognized if rest.starts_with("\\k") => Message::PatternBackReference {},
        ErrorKind::EscapeUnrecognized if rest.starts_with("\\Z") || rest.starts_with("\\G") => {
            Message::PatternAssertion { assertion: rest.chars().take(2).collect() }
        }
        ErrorKind::EscapeUnrecognized => escape(2),
        // The digits of a surrogate; what comes before them is the backslash and a letter.
        ErrorKind::EscapeHexInvalid => Message::PatternEscape {
            escape: pattern[..span.end.offset]
                .rsplit_once('\\')
                .map_or_else(String::new, |(_, digits)| format!("\\{digits}")),
            instead: ESCAPES.to_owned(),
        },
        ErrorKind::ClassRangeLiteral => Message::PatternClassRange {},
        ErrorKind::RepetitionCountDecimalEmpty => Message::PatternCount {},
        ErrorKind::FlagUnrecognized if rest.starts_with('>') => Message::PatternPossessive {},
        kind => Message::PatternSyntax { reason: format!("{kind} (at character {})", span.start.column) },
    }
}

/// What to write instead of an escape that only one language knows.
const ESCAPES: &str = "the characters that it stands for, as they are or, up to U+FFFF, as `\\xHH` or `\\uHHHH`";

/// Whether anything can stand before and after a part.
#[derive(Clone, Copy)]
struct Edges {
    first: bool,
    last: bool,
}

struct Reader<'p> {
    pattern: &'p str,
    /// Whether `.` is any character, line terminators too.
    dot_all: bool,
    wrong: Vec<Message>,
}

impl Reader<'_> {
    fn expression(&mut self, ast: &Ast, edges: Edges) -> Expression {
        match ast {
            Ast::Empty(_) => Expression::NOTHING,
            Ast::Flags(flags) => {
                self.flags(&flags.flags);
                Expression::NOTHING
            }
            Ast::Literal(literal) => {
                self.literal(literal);
                self.set(single(literal.c), literal.span)
            }
            Ast::Dot(span) => {
                let mut members = ClassUnicode::empty();
                if !self.dot_all {
                    let terminators = [('\n', '\n'), ('\r', '\r'), ('\u{85}', '\u{85}'), ('\u{2028}', '\u{2029}')];
                    members = of_ranges(&terminators);
                }
                members.negate();
                self.set(members, **span)
            }
            Ast::Assertion(assertion) => {
                // The whole value has to match, so at the ends they say what is the case anyway.
                let implied = match assertion.kind {
                    AssertionKind::StartLine => edges.first,
                    AssertionKind::EndLine => edges.last,
                    _ => false,
                };
                if !implied {
                    let assertion = self.text(assertion.span).to_owned();
                    self.refuse(Message::PatternAssertion { assertion });
                }
                Expression::NOTHING
            }
            Ast::ClassUnicode(class) => {
                let mut members = self.category(class);
                members.union(&undecided(is_without(class)));
                self.set(members, class.span)
            }
            Ast::ClassPerl(class) => self.set(perl(class), class.span),
            Ast::ClassBracketed(class) => {
                let members = self.bracketed(class);
                self.set(members, class.span)
            }
            Ast::Repetition(repetition) => {
                if matches!(&*repetition.ast, Ast::Repetition(_)) {
                    self.refuse(Message::PatternPossessive {});
                }
                if self.text(repetition.op.span).contains(char::is_whitespace) {
                    self.refuse(Message::PatternCount {});
                }
                let of = Box::new(self.expression(&repetition.ast, Edges { first: false, last: false }));
                let (min, max) = match &repetition.op.kind {
                    RepetitionKind::ZeroOrOne => (0, Some(1)),
                    RepetitionKind::ZeroOrMore => (0, None),
                    RepetitionKind::OneOrMore => (1, None),
                    RepetitionKind::Range(RepetitionRange::Exactly(n)) => (*n, Some(*n)),
                    RepetitionKind::Range(RepetitionRange::AtLeast(n)) => (*n, None),
                    RepetitionKind::Range(RepetitionRange::Bounded(min, max)) => (*min, Some(*max)),
                };
                Expression::Repeat { of, min, max }
            }
            Ast::Group(group) => {
                let dot_all = self.dot_all;
                match &group.kind {
                    GroupKind::CaptureName { starts_with_p: true, name } => {
                        let name = name.name.clone();
                        self.refuse(Message::PatternGroupName { name });
                    }
                    GroupKind::NonCapturing(flags) => self.flags(flags),
                    GroupKind::CaptureIndex(_) | GroupKind::CaptureName { .. } => {}
                }
                let expression = self.expression(&group.ast, edges);
                self.dot_all = dot_all;
                expression
            }
            Ast::Alternation(alternation) => {
                Expression::Either(alternation.asts.iter().map(|ast| self.expression(ast, edges)).collect())
            }
            Ast::Concat(concat) => {
                let weightless = |ast: &Ast| matches!(ast, Ast::Assertion(_) | Ast::Flags(_) | Ast::Empty(_));
                let first = concat.asts.iter().take_while(|ast| weightless(ast)).count();
                let last = concat.asts.iter().rev().take_while(|ast| weightless(ast)).count();
                let last = concat.asts.len() - last;
                let mut parts = Vec::new();
                for (index, ast) in concat.asts.iter().enumerate() {
                    let here = Edges { first: edges.first && index <= first, last: edges.last && index + 1 >= last };
                    let part = self.expression(ast, here);
                    if part != Expression::NOTHING {
                        parts.push(part);
                    }
                }
                match <[Expression; 1]>::try_from(parts) {
                    Ok([one]) => one,
                    Err(parts) => Expression::Sequence(parts),
                }
            }
        }
    }

    fn refuse(&mut self, message: Message) {
        if !self.wrong.contains(&message) {
            self.wrong.push(message);
        }
    }

    fn text(&self, span: Span) -> &str {
        &self.pattern[span.start.offset..span.end.offset]
    }

    fn set(&mut self, members: ClassUnicode, span: Span) -> Expression {
        // What was refused is not empty as well.
        if members.ranges().is_empty() && self.wrong.is_empty() {
            self.refuse(Message::PatternEmptyClass {});
        }
        Expression::Set(Set { members, text: self.text(span).to_owned() })
    }

    fn flags(&mut self, flags: &Flags) {
        let mut on = true;
        for item in &flags.items {
            match item.kind {
                FlagsItemKind::Negation => on = false,
                FlagsItemKind::Flag(Flag::DotMatchesNewLine) => self.dot_all = on,
                FlagsItemKind::Flag(_) => {
                    let flag = self.text(item.span).to_owned();
                    let cases = flag == "i";
                    let instead =
                        if cases { "write both cases of a letter: `[Aa]`" } else { "leave it out" }.to_owned();
                    self.refuse(Message::PatternFlag { flag, instead });
                }
            }
        }
    }

    fn literal(&mut self, literal: &Literal) {
        let instead = match literal.kind {
            LiteralKind::Verbatim
            | LiteralKind::Meta
            | LiteralKind::Superfluous
            | LiteralKind::HexFixed(HexLiteralKind::X | HexLiteralKind::UnicodeShort)
            | LiteralKind::Special(
                SpecialLiteralKind::FormFeed
                | SpecialLiteralKind::Tab
                | SpecialLiteralKind::LineFeed
                | SpecialLiteralKind::CarriageReturn
                | SpecialLiteralKind::Space,
            ) => return,
            LiteralKind::Special(SpecialLiteralKind::Bell) => "`\\x07`",
            LiteralKind::Special(SpecialLiteralKind::VerticalTab) => "`\\x0B`",
            LiteralKind::Octal | LiteralKind::HexBrace(_) | LiteralKind::HexFixed(HexLiteralKind::UnicodeLong) => {
                ESCAPES
            }
        };
        let escape = self.text(literal.span).to_owned();
        self.refuse(Message::PatternEscape { escape, instead: instead.to_owned() });
    }

    fn bracketed(&mut self, class: &ClassBracketed) -> ClassUnicode {
        let text = self.text(class.span);
        let inner = text.strip_prefix('[').unwrap_or(text);
        let inner = inner.strip_prefix('^').unwrap_or(inner);
        if inner.starts_with("--") {
            self.refuse(Message::PatternClassOperator { operator: "--".to_owned() });
        } else if inner.starts_with(']') {
            self.refuse(Message::PatternClassBracket {});
        }
        // Gathered first and sorted once.
        let mut ranges = Vec::new();
        let categories = self.collect(&class.kind, &mut ranges);
        let mut members = ClassUnicode::new(ranges);
        if class.negated {
            members.negate();
        }
        match categories {
            Categories::None => {}
            Categories::Within => members.union(&undecided(class.negated)),
            Categories::Without => members.union(&undecided(true)),
        }
        members
    }

    /// Adds the members of a class; says which general categories are among them.
    fn collect(&mut self, set: &ClassSet, ranges: &mut Vec<ClassUnicodeRange>) -> Categories {
        match set {
            ClassSet::Item(item) => self.collect_item(item, ranges),
            ClassSet::BinaryOp(operation) => {
                let operator = match operation.kind {
                    ClassSetBinaryOpKind::Intersection => "&&",
                    ClassSetBinaryOpKind::Difference => "--",
                    ClassSetBinaryOpKind::SymmetricDifference => "~~",
                };
                self.refuse(Message::PatternClassOperator { operator: operator.to_owned() });
                Categories::None
            }
        }
    }

    fn collect_item(&mut self, item: &ClassSetItem, ranges: &mut Vec<ClassUnicodeRange>) -> Categories {
        match item {
            ClassSetItem::Empty(_) => {}
            ClassSetItem::Literal(literal) => {
                self.literal(literal);
                ranges.push(ClassUnicodeRange::new(literal.c, literal.c));
            }
            ClassSetItem::Range(range) => {
                for end in [&range.start, &range.end] {
                    self.literal(end);
                    // Java begins a class there.
                    if end.c == '[' && end.kind == LiteralKind::Verbatim {
                        self.refuse(Message::PatternNestedClass {});
                    }
                }
                ranges.push(ClassUnicodeRange::new(range.start.c, range.end.c));
            }
            ClassSetItem::Perl(class) => ranges.extend(perl(class).ranges()),
            ClassSetItem::Unicode(class) => {
                ranges.extend(self.category(class).ranges());
                return if is_without(class) { Categories::Without } else { Categories::Within };
            }
            ClassSetItem::Union(union) => {
                let categories = union.items.iter().map(|item| self.collect_item(item, ranges));
                return categories.max().unwrap_or(Categories::None);
            }
            ClassSetItem::Ascii(_) | ClassSetItem::Bracketed(_) => self.refuse(Message::PatternNestedClass {}),
        }
        Categories::None
    }

    fn category(&mut self, class: &regex_syntax::ast::ClassUnicode) -> ClassUnicode {
        let named = match &class.kind {
            ClassUnicodeKind::OneLetter(letter) => CATEGORIES.contains(&&*letter.to_string()),
            ClassUnicodeKind::Named(name) => CATEGORIES.contains(&&**name),
            ClassUnicodeKind::NamedValue { .. } => false,
        };
        if !named {
            let class = self.text(class.span).to_owned();
            self.refuse(Message::PatternUnicodeClass { class });
            return ClassUnicode::empty();
        }
        // In the short form, which is all that is let through, its text is a pattern by itself.
        of_hir(self.text(class.span))
    }
}

/// The general categories by the names that Java has for them too. `Cs` is left out, since no string of Rust has one, and `Cn`,
/// since what is not assigned is another matter in each version of Unicode.
const CATEGORIES: [&str; 36] = [
    "L", "LC", "Lu", "Ll", "Lt", "Lm", "Lo", "M", "Mn", "Mc", "Me", "N", "Nd", "Nl", "No", "P", "Pc", "Pd", "Ps", "Pe",
    "Pi", "Pf", "Po", "S", "Sm", "Sc", "Sk", "So", "Z", "Zs", "Zl", "Zp", "C", "Cc", "Cf", "Co",
];

fn of_hir(class: &str) -> ClassUnicode {
    match regex_syntax::parse(class).map(regex_syntax::hir::Hir::into_kind) {
        Ok(HirKind::Class(Class::Unicode(class))) => class,
        // A category of one member.
        Ok(HirKind::Literal(literal)) => {
            let text = String::from_utf8_lossy(&literal.0).into_owned();
            ClassUnicode::new(text.chars().map(|c| ClassUnicodeRange::new(c, c)))
        }
        _ => ClassUnicode::empty(),
    }
}

/// Which general categories a class names.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Categories {
    None,
    /// By what is in them.
    Within,
    /// By what is not in them.
    Without,
}

/// Whether a class is what has no category, or none but some.
fn is_without(class: &regex_syntax::ast::ClassUnicode) -> bool {
    class.negated
        || matches!(class.kind, ClassUnicodeKind::OneLetter('C'))
        || matches!(&class.kind, ClassUnicodeKind::Named(name) if name == "C")
}

/// The code points that may be in a category or out of it, depending on the version of Unicode. A newer one may put those
/// that are not assigned yet anywhere; and in an older one, those that were assigned since then are in none.
fn undecided(without: bool) -> ClassUnicode {
    let mut undecided = of_hir(r"\p{Cn}");
    if without {
        // That of Java 8.
        let mut young = of_hir(r"\p{age=6.2}");
        young.negate();
        undecided.union(&young);
    }
    undecided
}

fn single(c: char) -> ClassUnicode {
    of_ranges(&[(c, c)])
}

fn of_ranges(ranges: &[(char, char)]) -> ClassUnicode {
    ClassUnicode::new(ranges.iter().map(|(start, end)| ClassUnicodeRange::new(*start, *end)))
}

fn perl(class: &ClassPerl) -> ClassUnicode {
    let mut members = of_ranges(match class.kind {
        ClassPerlKind::Digit => &[('0', '9')],
        ClassPerlKind::Space => &[('\t', '\r'), (' ', ' ')],
        ClassPerlKind::Word => &[('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')],
    });
    if class.negated {
        members.negate();
    }
    members
}
