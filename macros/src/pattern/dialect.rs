//! The parser of the service's dialect of regular expressions.
//!
//! `\w`, `\d` and `\s` are ASCII, as in Java, which the service is assumed to use; `\p{…}` are Unicode general categories.
//! `\b` and `\B` distinguish ASCII word characters from other ASCII characters and from the ends of the value.
//!
//! Values that the service accepts are never rejected. A category therefore matches code points that this crate's version of
//! Unicode does not assign, since a newer version may put them into it. A negated category also matches code points that
//! older versions do not assign. `\b` and `\B` match next to any non-ASCII character: Java 19 made `\b` ASCII, except for
//! combining marks, and older versions use the letters and digits of Unicode.
//!
//! Constructs with different meanings in Java, ECMAScript and Rust are errors.

use crate::diagnostic::Message;
use regex_syntax::ast::parse::Parser;
use regex_syntax::ast::{
    AssertionKind, Ast, ClassBracketed, ClassPerl, ClassPerlKind, ClassSet, ClassSetBinaryOpKind, ClassSetItem,
    ClassUnicodeKind, ErrorKind, Flag, Flags, FlagsItemKind, GroupKind, HexLiteralKind, Literal, LiteralKind,
    RepetitionKind, RepetitionRange, Span, SpecialLiteralKind,
};
use regex_syntax::hir::{Class, ClassUnicode, ClassUnicodeRange, HirKind};

/// A parsed pattern.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Expression {
    Set(Set),
    Sequence(Vec<Expression>),
    Either(Vec<Expression>),
    Repeat {
        of: Box<Expression>,
        min: u32,
        max: Option<u32>,
    },
    /// `\b`, or `\B` if it is negated.
    WordBoundary {
        negated: bool,
    },
}

impl Expression {
    /// Matches the empty string.
    pub(super) const EMPTY: Self = Self::Sequence(Vec::new());
}

/// A set of characters.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Set {
    pub(super) members: ClassUnicode,
    /// The class as it is written.
    pub(super) text: String,
}

/// Parses a pattern, or returns all errors in it.
pub(super) fn parse(pattern: &str) -> Result<Expression, Vec<Message>> {
    let ast = Parser::new().parse(pattern).map_err(|error| vec![syntax_error(error.kind(), pattern, *error.span())])?;
    let mut reader = Reader { pattern, dot_all: false, errors: Vec::new() };
    let expression = reader.expression(&ast, Edges { first: true, last: true });
    if reader.errors.is_empty() { Ok(expression) } else { Err(reader.errors) }
}

/// Returns the message for an error of the parser.
fn syntax_error(kind: &ErrorKind, pattern: &str, span: Span) -> Message {
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
        ErrorKind::SpecialWordBoundaryUnrecognized => {
            let kind = &pattern[span.start.offset..span.end.offset];
            Message::PatternAssertion { assertion: format!(r"\b{{{kind}}}") }
        }
        ErrorKind::EscapeUnrecognized => escape(2),
        ErrorKind::ClassEscapeInvalid if rest.starts_with("\\b") => Message::PatternEscape {
            escape: "\\b".to_owned(),
            instead: "`\\x08` for a backspace, or `\\b` outside the class for a word boundary".to_owned(),
        },
        // The span covers the digits of a surrogate, without the backslash and the letter.
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

/// The fix for an escape that is not portable.
const ESCAPES: &str = "the characters it stands for, literally or, up to U+FFFF, as `\\xHH` or `\\uHHHH`";

/// Whether a part is at the start and at the end of the pattern.
#[derive(Clone, Copy)]
struct Edges {
    first: bool,
    last: bool,
}

struct Reader<'p> {
    pattern: &'p str,
    /// Whether `.` matches line terminators.
    dot_all: bool,
    errors: Vec<Message>,
}

impl Reader<'_> {
    fn expression(&mut self, ast: &Ast, edges: Edges) -> Expression {
        match ast {
            Ast::Empty(_) => Expression::EMPTY,
            Ast::Flags(flags) => {
                self.flags(&flags.flags);
                Expression::EMPTY
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
                // The whole value must match, so anchors at the ends have no effect.
                let implied = match assertion.kind {
                    AssertionKind::WordBoundary => return Expression::WordBoundary { negated: false },
                    AssertionKind::NotWordBoundary => return Expression::WordBoundary { negated: true },
                    AssertionKind::StartLine => edges.first,
                    AssertionKind::EndLine => edges.last,
                    _ => false,
                };
                if !implied {
                    let assertion = self.text(assertion.span).to_owned();
                    self.reject(Message::PatternAssertion { assertion });
                }
                Expression::EMPTY
            }
            Ast::ClassUnicode(class) => {
                let mut members = self.category(class);
                members.union(&undecided(is_complement(class)));
                self.set(members, class.span)
            }
            Ast::ClassPerl(class) => self.set(perl(class), class.span),
            Ast::ClassBracketed(class) => {
                let members = self.bracketed(class);
                self.set(members, class.span)
            }
            Ast::Repetition(repetition) => {
                if matches!(&*repetition.ast, Ast::Repetition(_)) {
                    self.reject(Message::PatternPossessive {});
                }
                if self.text(repetition.op.span).contains(char::is_whitespace) {
                    self.reject(Message::PatternCount {});
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
                        self.reject(Message::PatternGroupName { name });
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
                    if part != Expression::EMPTY {
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

    fn reject(&mut self, message: Message) {
        if !self.errors.contains(&message) {
            self.errors.push(message);
        }
    }

    fn text(&self, span: Span) -> &str {
        &self.pattern[span.start.offset..span.end.offset]
    }

    fn set(&mut self, members: ClassUnicode, span: Span) -> Expression {
        // A rejected part of a class may have been its only member.
        if members.ranges().is_empty() && self.errors.is_empty() {
            self.reject(Message::PatternEmptyClass {});
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
                        if cases { "write both cases of each letter: `[Aa]`" } else { "remove it" }.to_owned();
                    self.reject(Message::PatternFlag { flag, instead });
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
        self.reject(Message::PatternEscape { escape, instead: instead.to_owned() });
    }

    fn bracketed(&mut self, class: &ClassBracketed) -> ClassUnicode {
        let text = self.text(class.span);
        let inner = text.strip_prefix('[').unwrap_or(text);
        let inner = inner.strip_prefix('^').unwrap_or(inner);
        if inner.starts_with("--") {
            self.reject(Message::PatternClassOperator { operator: "--".to_owned() });
        } else if inner.starts_with(']') {
            self.reject(Message::PatternClassBracket {});
        }
        // The ranges are sorted once, when all are known.
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

    /// Adds the members of a class, and returns how it uses general categories.
    fn collect(&mut self, set: &ClassSet, ranges: &mut Vec<ClassUnicodeRange>) -> Categories {
        match set {
            ClassSet::Item(item) => self.collect_item(item, ranges),
            ClassSet::BinaryOp(operation) => {
                let operator = match operation.kind {
                    ClassSetBinaryOpKind::Intersection => "&&",
                    ClassSetBinaryOpKind::Difference => "--",
                    ClassSetBinaryOpKind::SymmetricDifference => "~~",
                };
                self.reject(Message::PatternClassOperator { operator: operator.to_owned() });
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
                    // In Java this begins a nested class.
                    if end.c == '[' && end.kind == LiteralKind::Verbatim {
                        self.reject(Message::PatternNestedClass {});
                    }
                }
                ranges.push(ClassUnicodeRange::new(range.start.c, range.end.c));
            }
            ClassSetItem::Perl(class) => ranges.extend(perl(class).ranges()),
            ClassSetItem::Unicode(class) => {
                ranges.extend(self.category(class).ranges());
                return if is_complement(class) { Categories::Without } else { Categories::Within };
            }
            ClassSetItem::Union(union) => {
                let categories = union.items.iter().map(|item| self.collect_item(item, ranges));
                return categories.max().unwrap_or(Categories::None);
            }
            ClassSetItem::Ascii(_) | ClassSetItem::Bracketed(_) => self.reject(Message::PatternNestedClass {}),
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
            self.reject(Message::PatternUnicodeClass { class });
            return ClassUnicode::empty();
        }
        // The accepted short form is a valid pattern for `regex_syntax`.
        of_pattern(self.text(class.span))
    }
}

/// The general categories by the short names that Java has too. `Cs` is missing, since Rust strings have no surrogates, and
/// `Cn`, since each version of Unicode leaves different code points unassigned.
const CATEGORIES: [&str; 36] = [
    "L", "LC", "Lu", "Ll", "Lt", "Lm", "Lo", "M", "Mn", "Mc", "Me", "N", "Nd", "Nl", "No", "P", "Pc", "Pd", "Ps", "Pe",
    "Pi", "Pf", "Po", "S", "Sm", "Sc", "Sk", "So", "Z", "Zs", "Zl", "Zp", "C", "Cc", "Cf", "Co",
];

fn of_pattern(class: &str) -> ClassUnicode {
    match regex_syntax::parse(class).map(regex_syntax::hir::Hir::into_kind) {
        Ok(HirKind::Class(Class::Unicode(class))) => class,
        // A category with one member.
        Ok(HirKind::Literal(literal)) => {
            let text = String::from_utf8_lossy(&literal.0).into_owned();
            ClassUnicode::new(text.chars().map(|c| ClassUnicodeRange::new(c, c)))
        }
        _ => ClassUnicode::empty(),
    }
}

/// The use of general categories in a class.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Categories {
    None,
    /// Members of categories.
    Within,
    /// The complement of categories.
    Without,
}

/// Returns whether a class is the complement of a category. `C` is, as it contains unassigned code points.
fn is_complement(class: &regex_syntax::ast::ClassUnicode) -> bool {
    class.negated
        || matches!(class.kind, ClassUnicodeKind::OneLetter('C'))
        || matches!(&class.kind, ClassUnicodeKind::Named(name) if name == "C")
}

/// Returns the code points that are in a category in some versions of Unicode only. Newer versions may put unassigned code
/// points into any category. In older versions, code points that were assigned later are in none, and so in every complement.
fn undecided(complement: bool) -> ClassUnicode {
    let mut undecided = of_pattern(r"\p{Cn}");
    if complement {
        // Java 8 has Unicode 6.2.
        let mut recent = of_pattern(r"\p{age=6.2}");
        recent.negate();
        undecided.union(&recent);
    }
    undecided
}

fn single(c: char) -> ClassUnicode {
    of_ranges(&[(c, c)])
}

fn of_ranges(ranges: &[(char, char)]) -> ClassUnicode {
    ClassUnicode::new(ranges.iter().map(|(start, end)| ClassUnicodeRange::new(*start, *end)))
}

/// The members of `\w`.
const WORD: [(char, char); 4] = [('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')];

/// Returns the classes that `\b` and `\B` distinguish: word characters, and characters that are not ASCII.
pub(super) fn boundary_classes() -> [ClassUnicode; 2] {
    [of_ranges(&WORD), of_ranges(&[('\u{80}', char::MAX)])]
}

fn perl(class: &ClassPerl) -> ClassUnicode {
    let mut members = of_ranges(match class.kind {
        ClassPerlKind::Digit => &[('0', '9')],
        ClassPerlKind::Space => &[('\t', '\r'), (' ', ' ')],
        ClassPerlKind::Word => &WORD,
    });
    if class.negated {
        members.negate();
    }
    members
}
