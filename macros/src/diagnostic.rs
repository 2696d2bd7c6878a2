//! Every message the macros can print, and the collector that carries them to the compiler all at once.

use proc_macro2::TokenStream;
use quote::ToTokens;
use std::fmt;

/// Declares [`Message`]: a variant for each message, its text, and the list of names that the fixtures are held against.
macro_rules! messages {
    ($($(#[$doc:meta])* $name:ident { $($field:ident),* } => $text:expr;)*) => {
        /// A message, with what it is about. What the user wrote stands in backticks; the fix is part of the text.
        #[derive(Clone, PartialEq, Eq, Debug)]
        pub(crate) enum Message {
            $($(#[$doc])* $name { $($field: String),* },)*
        }

        impl Message {
            #[cfg(test)]
            pub(crate) const NAMES: &'static [&'static str] = &[$(stringify!($name)),*];

            #[cfg(test)]
            pub(crate) fn name(&self) -> &'static str {
                match self { $(Self::$name { .. } => stringify!($name),)* }
            }
        }

        impl fmt::Display for Message {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self { $(Self::$name { $($field),* } => write!(f, $text),)* }
            }
        }
    };
}

messages! {
    // What the attribute stands on.
    NotAStruct { attribute, fits } => "`#[{attribute}]` goes on {fits}";
    NotNamedFields { attribute } => "`#[{attribute}]` needs a struct with named fields, one for each member: `struct Name {{ client_id: String }}`";
    DebugKept {} => "`debug = false` leaves `Debug` to you, and a derived one shows sensitive members; write `impl Debug` by hand, or remove `debug = false` to get one that redacts";

    SecondAttribute { attribute } => "`#[{attribute}]` is one attribute too many: an item is one operation or one shape";

    // The options of the attribute.
    UnknownOption { option, attribute, known } => "unknown option `{option}`; `#[{attribute}]` takes {known}";
    DuplicateOption { option } => "`{option}` is given twice; remove one";
    OptionFlag { option } => "`{option}` takes no value; write `{option}` alone";
    OptionForm { option, form } => "`{option}` is written `{form}`";
    MissingTarget { form } => "which operation is this? Write `{form}`";
    EmptyTarget { form } => "the target is empty; write the operation's name as in the API reference: `{form}`";
    InvalidTarget { target } => "`{target}` is no name of an operation: letters and digits, at most 128, as in the API reference";
    UnknownTarget { target, advice } => "the user-pools API has no operation `{target}`{advice}";
    SignedTarget { target } => "`{target}` is called with AWS credentials; write `signed` beside the target if you sign its requests";
    UnneededSigned { target } => "`{target}` is called without AWS credentials; remove `signed`";
    RelativeCrate { path } => "`crate = {path}` depends on where it is read; write `crate = ::{path}` for a dependency or `crate = crate::{path}` for a re-export";
    ShapeKind { name, kind } => "in the API `{name}` is {kind}; give this another name, or write `unmodeled` for a shape of your own";
    BorrowedOutput {} => "an answer has nobody to borrow from; remove the lifetime, or remove `output`";
    UnknownShape { shape, advice } => "the user-pools API has no shape `{shape}`{advice}";

    // The attributes of a field.
    DuplicateAttribute { attribute } => "`#[{attribute}]` stands twice on this field; remove one";
    MisplacedAttribute { attribute, place } => "`#[{attribute}]` goes on {place}, not here";
    FlagForm { attribute } => "`#[{attribute}]` takes no arguments; write just that";
    LenForm {} => "`len` is written `len(1, 128)`, `len(min = 1)`, `len(max = 128)`, `len(6)`, or `len` for the published bound";
    LenReversed { min, max } => "no length is at least {min} and at most {max}; did you mean `len({max}, {min})`?";
    LenOnType { what } => "{what} has no length; `len` bounds strings, lists, maps and blobs";
    RangeForm {} => "`range` is written `range(0, 60)`, `range(min = 0)`, `range(max = 60)`, `range(5)`, or `range` for the published bound";
    RangeReversed { min, max } => "no number is at least {min} and at most {max}; did you mean `range({max}, {min})`?";
    RangeOnType { what } => "{what} is not a whole number; `range` bounds `i32` and `i64`";
    EntriesForm { attribute } => "`#[{attribute}]` is written `#[{attribute}(len(1, 32), pattern(r\"[\\w+]+\"))]`, with `len`, `pattern` and `range` as on a field";
    EntriesOnType { attribute, ty, fits } => "`{ty}` is not {fits}; `#[{attribute}]` checks the entries of one";
    PatternForm {} => "`pattern` is written `pattern(r\"[\\w+]+\")`, or `pattern` for the published pattern";
    PatternOnType { what } => "{what} is not a string; `pattern` checks strings (those within a list by `#[each(pattern(…))]`, those within a map by `#[keys(…)]` and `#[values(…)]`)";
    MemberForm {} => "`#[member]` is written `#[member(\"MFAOptions\")]`, with the name on the wire";
    NothingPublished { what, member } => "the service publishes no {what} for `{member}`; write one, or remove the attribute";
    SecretHashOnType { ty } => "`#[secret_hash]` is filled in when the member is left out, so it needs `Option<String>` (or another optional string) or a map, not `{ty}`";
    SecretHashMember { attribute, member, carriers } => "`#[{attribute}]` goes on {carriers}, and this is `{member}`; mark the field `#[unmodeled]` if you know better";
    SecretHashForm {} => "`#[secret_hash]` is written so on a string, and on a map also `#[secret_hash(key = \"SECRET_HASH\", username = \"USERNAME\")]`";
    ClientSecretOnType { ty } => "`#[client_secret]` is filled in when the member is left out, so it needs `Option<String>` (or another optional string) and no `#[secret_hash]`, not `{ty}`";
    SecretHashNeeds { member, field } => "the secret hash is computed over `Username` and `ClientId`, and there is no member `{member}`; add `{field}: String`";
    SecretHashTwice {} => "a request has one secret hash and one client secret; remove one of the two attributes";

    // Patterns.
    PatternSyntax { reason } => "this pattern does not parse: {reason}";
    PatternLookAround {} => "look-ahead and look-behind need a backtracking matcher, which this crate does not have; say what may be there instead (`(?:[a-z.]*[a-z])?` for `[a-z.]*(?<!\\.)`), or check that part in your own code";
    PatternBackReference {} => "back-references need a backtracking matcher, which this crate does not have; write the repeated part out";
    PatternAssertion { assertion } => "`{assertion}` in this place asks what stands around it, which Java, ECMAScript and Rust answer differently; the whole value has to match anyway, so leave it out (`^` may begin a pattern and `$` end it)";
    PatternPossessive {} => "a repetition of a repetition (`a*+`, `a{{2}}{{3}}`) and an atomic group read differently in Java, ECMAScript and Rust; write one repetition, or a group around the inner one: `(?:a{{2}}){{3}}`";
    PatternGroupName { name } => "`(?P<{name}>` is Rust's alone; write `(?:`";
    PatternFlag { flag, instead } => "the flag `{flag}` changes meaning between Java, ECMAScript and Rust, and only `s` is taken; {instead}";
    PatternEscape { escape, instead } => "`{escape}` is not an escape that Java, ECMAScript and Rust agree on; write {instead}";
    PatternClassOperator { operator } => "`{operator}` inside a class is an operation on sets in Rust and means something else in Java; escape a literal `-`, `&` or `~`: `\\-`";
    PatternClassRange {} => "a class cannot be an end of a range, and a `-` beside one is read differently by Java, ECMAScript and Rust; put a literal `-` last in the class, or escape it: `[\\w.-]`";
    PatternCount {} => "a count is written `{{2}}`, `{{2,}}` or `{{0,2}}`, without spaces; Java knows no other form (a literal brace is escaped: `\\{{`)";
    PatternClassBracket {} => "a `]` that begins a class is a member of it in Rust and ends it in ECMAScript; write `\\]`";
    PatternNestedClass {} => "a class inside a class means different things in Java and in ECMAScript; write its members out, or escape a literal `[`";
    PatternUnicodeClass { class } => "`{class}` is not a Unicode general category under a name that Java has too, such as `\\p{{L}}` or `\\p{{Lu}}`; those are all that patterns of this service use";
    PatternEmptyClass {} => "this class has no member, so that no character can stand in its place; leave it out, or give it members";
    PatternTooLarge {} => "this pattern needs a table of more than 64 kB; where it only bounds the length, leave that to `len` (`[a-z]+` and `len(1, 5000)`), and check what is left in your own code";
    PatternUnmatchable { length } => "no value {length} matches this pattern, so none would ever be sent; widen `len`, or change the pattern";

    // What was written against what the service publishes.
    UnknownMember { member, shape, advice } => "`{shape}` has no member `{member}`{advice}";
    DuplicateMember { member, field } => "`{member}` is already the field `{field}`; one of the two has to go";
    MissingRequired { shape, lines } => "`{shape}` has required members that are not here; add\n{lines}";
    OptionalRequired { member, ty } => "the service requires `{member}`; make it `{ty}`";
    WrongKind { member, kind, ty, fix } => "`{member}` is {kind}, which `{ty}` cannot hold; make it `{fix}`";
    WrongShape { member, kind, ty, fix, shape } => "`{member}` is {kind}, which `{ty}` is not; make it `{fix}`, or mark the type that is meant for it `#[cognito_shape({shape})]`";
    WrongResponse { target, kind, ty, shape } => "`{target}` answers with {kind}, and `{ty}` is something else; mark the type that is meant for it `#[cognito_shape({shape})]`, or pass over the answer with `response = ()`";
    RecursiveShape { name } => "`{name}` holds itself, which no shape of the service does; give the inner one a type of its own";
    LooserPattern { member, published, example } => "the service publishes the pattern `{published}` for `{member}`, which {example} does not match and this one does: what passes here would fail there; tighten it (`pattern` alone is the published one), or mark the field `#[unmodeled]`";
    LooserBound { member, bound, published, attribute } => "the service publishes {published} for `{member}`, and {bound} is looser: what passes here would fail there; tighten it (`{attribute}` alone is the published bound), or mark the field `#[unmodeled]`";
    MethodCollision { field, wire } => "a setter `{field}` would collide with the generated method of that name; rename the field and name the member: `#[member(\"{wire}\")]`";

    // Enums.
    EnumVariant { variant } => "`{variant}` carries data; a variant is a bare name, and the one for values this program does not know is `Other(String)`";
    EnumOther { name } => "values come that this program does not know yet; add the variant\n    /// A value that this version does not know.\n    Other(String),\nto `{name}`";
    EnumGenerics { name } => "an enum of string values has no generic parameters; remove those of `{name}`";
    UnknownValue { value, shape, advice } => "`{shape}` has no value `{value}`{advice}";
    DuplicateValue { value } => "two variants stand for `{value}`; remove one";
}

/// Errors gathered over a whole item.
///
/// It must be turned into tokens or set aside in words; dropping one that nobody looked at is a bug of this crate, which
/// the tests turn into a panic.
#[derive(Default)]
pub(crate) struct Diagnostics {
    errors: Option<syn::Error>,
    #[cfg(test)]
    pub(crate) names: Vec<&'static str>,
    #[cfg(debug_assertions)]
    seen: bool,
}

impl Diagnostics {
    /// An error on the tokens it is about.
    #[allow(clippy::needless_pass_by_value)]
    pub(crate) fn push(&mut self, at: impl ToTokens, message: Message) {
        self.record(&message, syn::Error::new_spanned(at, &message));
    }

    /// An error of the Rust grammar, in syn's words.
    pub(crate) fn push_syntax(&mut self, error: syn::Error) {
        match &mut self.errors {
            Some(errors) => errors.combine(error),
            None => self.errors = Some(error),
        }
    }

    fn record(&mut self, message: &Message, error: syn::Error) {
        #[cfg(test)]
        self.names.push(message.name());
        let _ = message;
        self.push_syntax(error);
    }

    /// Whether anything is wrong, in which case what is generated is never run and only has to be there.
    pub(crate) fn any(&self) -> bool {
        self.errors.is_some()
    }

    /// For a stage whose errors another expansion of the same item reports.
    pub(crate) fn reported_elsewhere(mut self) {
        self.mark();
    }

    /// The `compile_error!`s of everything gathered; nothing where there was no error.
    pub(crate) fn into_tokens(mut self) -> TokenStream {
        self.mark();
        self.errors.take().map_or_else(TokenStream::new, |errors| errors.to_compile_error())
    }

    /// What was gathered, one by one.
    #[cfg(test)]
    pub(crate) fn into_errors(mut self) -> Vec<syn::Error> {
        self.mark();
        self.errors.take().into_iter().flatten().collect()
    }

    fn mark(&mut self) {
        #[cfg(debug_assertions)]
        {
            self.seen = true;
        }
    }
}

#[cfg(debug_assertions)]
impl Drop for Diagnostics {
    fn drop(&mut self) {
        assert!(self.seen || self.errors.is_none() || std::thread::panicking(), "diagnostics were dropped unseen");
    }
}

/// The known names nearest to what was written, the nearest first.
pub(crate) fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let mut near: Vec<(usize, &str)> = known
        .into_iter()
        .map(|name| (distance(written, name), name))
        .filter(|(distance, name)| *distance <= name.len().max(written.len()).div_ceil(3))
        .collect();
    near.sort_unstable();
    near.into_iter().take(3).map(|(_, name)| name).collect()
}

/// `"; did you mean `A` or `B`?"` for the known names nearest to what was written, or nothing.
pub(crate) fn did_you_mean<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<String> = nearest(written, known).iter().map(|name| format!("`{name}`")).collect();
    match names.as_slice() {
        [] => String::new(),
        [one] => format!("; did you mean {one}?"),
        [first @ .., last] => format!("; did you mean {} or {last}?", first.join(", ")),
    }
}

/// The Levenshtein distance, letter case aside.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().flat_map(char::to_lowercase).collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().flat_map(char::to_lowercase).enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(from != *to);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}
