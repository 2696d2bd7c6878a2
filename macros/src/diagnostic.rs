//! Every message of the macros, and the collection that reports them to the compiler at once.

use proc_macro2::TokenStream;
use quote::ToTokens;
use std::fmt;

/// Declares [`Message`], with a variant and a text for each message and the list of names for the test that each has a fixture.
macro_rules! messages {
    ($($(#[$doc:meta])* $name:ident { $($field:ident),* } => $text:expr;)*) => {
        /// A message and its arguments. The text states the error and then the fix; source text in it is in backticks.
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
    // The item.
    WrongItem { attribute, items } => "`#[{attribute}]` may only be applied to {items}";
    NotNamedFields { attribute, instead } => "`#[{attribute}]` requires a struct with named fields, one for each member; write `struct Name {{ client_id: String }}`{instead}";
    DerivedDebug {} => "a derived `Debug` shows sensitive members; write `impl Debug` by hand, or remove `debug = false` to generate an implementation that redacts them";
    OtherDebug { path } => "`{path}` is not the `Debug` of the standard library and conflicts with the generated one, which redacts sensitive members; remove it, or add `debug = false` to keep it";
    SecondAttribute { attribute } => "multiple `#[cognito_op]` or `#[cognito_shape]` attributes on one item; remove `#[{attribute}]`";

    // The options of the attribute.
    UnknownOption { option, suggestion } => "unknown option `{option}`{suggestion}";
    DuplicateOption { option } => "duplicate option `{option}`; remove one";
    DuplicateShape { shape } => "multiple shape names; remove `{shape}` or the other name";
    OptionFlag { option } => "option `{option}` takes no value; write `{option}`";
    OptionForm { option, form } => "malformed option `{option}`; write `{form}`";
    MissingTarget { form } => "missing `target`; write `{form}`";
    EmptyTarget { form } => "empty `target`; write the name of the operation in the API reference: `{form}`";
    InvalidTarget { target } => "invalid operation name `{target}`; write the name in the API reference, at most 128 ASCII letters and digits";
    UnknownTarget { target, suggestion } => "cannot find operation `{target}` in the user pools API{suggestion}";
    SignedTarget { target } => "`{target}` requires AWS credentials; add the option `signed` if the client signs its requests";
    UnneededSigned { target } => "`{target}` does not use AWS credentials; remove `signed`";
    UnneededPaginated { target } => "`{target}` does not return a list in pages; remove `paginated`";
    UnmodeledPaginated {} => "`paginated` requires the published token and list of the operation; remove `unmodeled`, or request the pages in your own code";
    PaginatedResponse { list } => "`paginated` reads the next token and the list `{list}` from the response, which `()` ignores; write a response with both, or remove `paginated`";
    IncompletePage { ty, target, missing } => "`{ty}` lacks members of the response of `{target}` that `paginated` reads; declare {missing} in it";
    PaginatedNeeds { member, field } => "missing member `{member}`: `paginated` sets the token of each page; add `{field}: Option<String>`";
    PaginatedToken { member, ty } => "`paginated` omits `{member}` in the request for the first page and sets it in the following ones, which requires `Option<String>`, found `{ty}`; make it `Option<String>`";
    RelativeCrate { path } => "option `crate` requires an absolute path; write `crate = ::{path}` for a dependency or `crate = crate::{path}` for a re-export";
    RenamedCrate { name } => "this crate depends on `cognito-op` by the name `{name}`; add the option `crate = ::{name}`";
    ShapeKind { name, kind } => "`{name}` is {kind} in the user pools API; rename this type, or add `unmodeled` for a type of your own";
    BorrowedOutput {} => "a response type cannot have lifetimes or references, since it outlives the response that it is read from; use owned types such as `String`";
    UnknownShape { shape, suggestion } => "cannot find shape `{shape}` in the user pools API{suggestion}";

    // The attributes of a field.
    ForeignAttribute { attribute, own } => "unknown field attribute `{attribute}`; did you mean `{own}`? If another derive reads it, write that derive below `#[cognito_op]` or `#[cognito_shape]`";
    DuplicateAttribute { attribute } => "duplicate `{attribute}` on this field; remove one";
    MisplacedAttribute { attribute, place } => "`#[{attribute}]` may only be applied to {place}; remove it";
    FlagForm { attribute } => "`#[{attribute}]` takes no arguments; write `#[{attribute}]`";
    LenForm {} => "malformed `len`; write `len(1, 128)`, `len(min = 1)`, `len(max = 128)`, `len(6)`, or `len` for the published bound";
    LenReversed { min, max } => "the minimum length {min} is greater than the maximum {max}; did you mean `len({max}, {min})`?";
    LenOnType { constrained } => "{constrained} has no length; `len` bounds strings, lists, maps and blobs";
    RangeForm {} => "malformed `range`; write `range(0, 60)`, `range(min = 0)`, `range(max = 60)`, `range(5)`, or `range` for the published bound";
    RangeReversed { min, max } => "the minimum {min} is greater than the maximum {max}; did you mean `range({max}, {min})`?";
    RangeOnType { constrained } => "{constrained} is not an integer; `range` bounds `i32` and `i64`";
    EntriesForm { attribute } => "malformed `#[{attribute}]`; write `#[{attribute}(len(1, 32), pattern(r\"[\\w+]+\"))]`, with `len`, `pattern` and `range` as on a field";
    EntriesOnType { attribute, ty, collection } => "`#[{attribute}]` requires {collection}, found `{ty}`";
    PatternForm {} => "malformed `pattern`; write `pattern(r\"[\\w+]+\")`, or `pattern` for the published pattern";
    PatternOnType { constrained } => "{constrained} is not a string; `pattern` matches strings (in a list with `#[each(pattern(…))]`, in a map with `#[keys(…)]` and `#[values(…)]`)";
    MemberForm {} => "malformed `#[member]`; write `#[member(\"MFAOptions\")]`, with the name in the API";
    NothingPublished { constraint, member } => "the service publishes no {constraint} for `{member}`; write it out, or remove the attribute";
    NothingPublishedForType { constraint, member, name } => "the service publishes no {constraint} for `{member}`, since the API has no shape `{name}`; write it out, remove the attribute, or add the name of the shape, as in `#[cognito_shape(AttributeType)]`";
    SecretHashOnType { ty } => "`#[secret_hash]` requires an optional string or a map, found `{ty}`; make it `Option<String>` so that the client can fill it in";
    AutoFillMember { attribute, member, members } => "`#[{attribute}]` may only be applied to {members}, found `{member}`; move it, or mark the field `#[unmodeled]` to skip this check";
    SecretHashForm {} => "malformed `#[secret_hash]`; write `#[secret_hash]` on a string or a map, or `#[secret_hash(key = \"SECRET_HASH\", username = \"USERNAME\")]` on a map";
    AutoFillOnType { attribute, ty } => "`#[{attribute}]` requires an optional string, found `{ty}`; make it `Option<String>` so that the client can fill it in";
    AutoFillConflict { attribute, other } => "`#[{attribute}]` conflicts with `#[{other}]`, since a client fills a member in with one value; remove one";
    SecretHashNeeds { member, field } => "missing member `{member}`: the secret hash is computed over `Username` and `ClientId`; add `{field}: String`";
    AutoFillTwice { attribute } => "multiple members with `#[{attribute}]`; remove one of the attributes";

    // Patterns.
    PatternSyntax { reason } => "invalid pattern: {reason}";
    PatternLookAround {} => "look-ahead and look-behind are not supported, since they require a backtracking matcher; rewrite the pattern without them (`(?:[a-z.]*[a-z])?` for `[a-z.]*(?<!\\.)`), or check that part in your own code";
    PatternBackReference {} => "back-references are not supported, since they require a backtracking matcher; write out the repeated part";
    PatternAssertion { assertion } => "`{assertion}` is not supported here, since it has different meanings in Java, ECMAScript and Rust; remove it, as the whole value must match anyway (`^` may begin a pattern and `$` end it)";
    PatternPossessive {} => "nested repetitions (`a*+`, `a{{2}}{{3}}`) and atomic groups have different meanings in Java, ECMAScript and Rust; write one repetition, or a group around the inner one: `(?:a{{2}}){{3}}`";
    PatternGroupName { name } => "`(?P<{name}>` is not valid in Java and ECMAScript; write `(?:`";
    PatternFlag { flag, instead } => "unsupported flag `{flag}`: only `s` has the same meaning in Java, ECMAScript and Rust; {instead}";
    PatternEscape { escape, instead } => "unsupported escape `{escape}`: it is not portable between Java, ECMAScript and Rust; write {instead}";
    PatternClassOperator { operator } => "`{operator}` in a character class is a set operation in Rust and has a different meaning in Java; escape a literal `-`, `&` or `~`: `\\-`";
    PatternClassRange {} => "invalid range: a class cannot be the end of a range, and a `-` next to one has different meanings in Java, ECMAScript and Rust; put a literal `-` last in the class, or escape it: `[\\w.-]`";
    PatternCount {} => "malformed repetition count; write `{{2}}`, `{{2,}}` or `{{0,2}}`, without spaces as Java requires, or escape a literal brace: `\\{{`";
    PatternClassBracket {} => "a `]` at the start of a character class is a member of it in Rust and ends it in ECMAScript; write `\\]`";
    PatternNestedClass {} => "nested character classes have different meanings in Java and ECMAScript; write out the members, or escape a literal `[`";
    PatternUnicodeClass { class } => "unsupported Unicode class `{class}`: patterns of this service use general categories, by the names that Java has too; write a category such as `\\p{{L}}` or `\\p{{Lu}}`";
    PatternEmptyClass {} => "empty character class: no character matches it; remove it, or add members";
    PatternTooLarge {} => "pattern too large: it requires a table of more than 64 kB; limit the length with `len` instead (`[a-z]+` and `len(1, 5000)`), and check the rest in your own code";
    PatternUnmatchable { length } => "no value {length} matches this pattern, so every value would be rejected; widen `len`, or change the pattern";

    // The item against the published model.
    UnknownMember { member, shape, suggestion } => "`{shape}` has no member `{member}`{suggestion}";
    InvalidMember { member } => "invalid member name `{member}`; write the name in the API reference, without quotation marks, backslashes and control characters";
    DuplicateMember { member, field } => "member `{member}` is already declared as field `{field}`; remove one of the two";
    MissingRequired { shape, lines, printed } => "missing required members of `{shape}`; add\n{lines}\n(`cognito-op struct {printed}` prints the whole struct; install the command with `cargo install cognito-op-cli`)";
    OptionalAutoFill { member, attribute, ty } => "the service requires `{member}`, so a request must contain it; add `#[{attribute}]` so that the client fills it in, or make it `{ty}`";
    OptionalRequired { member, ty } => "the service requires `{member}`, so it cannot be optional; make it `{ty}`";
    WrongKind { member, kind, ty, fix } => "`{member}` is {kind}, which `{ty}` cannot hold; make it `{fix}`";
    NumberType { ty } => "`{ty}` cannot be the type of a member, since the numbers of the service are 32-bit and 64-bit integers; use `i32` or `i64`";
    TupleType { ty } => "`{ty}` cannot be the type of a member, since the service has no tuples; use a struct with named fields and `#[cognito_shape]`";
    ForeignTime { member, ty } => "`{member}` is a timestamp, which `{ty}` of another crate cannot hold; make it `std::time::SystemTime`, and convert it in your code";
    WrongShape { member, kind, ty, fix, shape } => "`{member}` is {kind}, which `{ty}` does not represent; make it `{fix}`, or add `#[cognito_shape({shape})]` to the intended type";
    WrongResponse { target, ty, shape } => "the response of `{target}` is the structure `{shape}`, which `{ty}` does not represent; add `#[cognito_shape({shape})]` to the intended type (`cognito-op struct {target}` prints it), or ignore it with `response = ()`";
    RecursiveShape { name } => "recursive type `{name}`: the shapes of the service are not recursive; use another type for the inner value";
    LooserPattern { member, published, example } => "this pattern is looser than the published `{published}` for `{member}`: it matches {example}, which the service rejects; tighten it (`pattern` alone is the published pattern), or mark the field `#[unmodeled]`";
    LooserBound { member, end, bound, published, attribute } => "a {end} of {bound} is looser than the published {published} for `{member}`: the service rejects values that pass here; tighten it (`{attribute}` alone is the published bound), or mark the field `#[unmodeled]`";
    MethodCollision { field, wire } => "the setter of `{field}` conflicts with the generated method `{field}`; rename the field and add `#[member(\"{wire}\")]`";

    // Enums.
    EnumVariant { variant } => "variant `{variant}` cannot have data; remove the data, or use `Other(String)` for unknown values";
    EnumOther { name } => "missing variant for unknown values; add\n    /// A value that this version does not know.\n    Other(String),\nto `{name}`";
    SerializedEnum {} => "`Serialize` would write the Rust names of the variants; derive `Clone`, and add `#[serde(into = \"String\")]` to write the values of the service";
    DeserializedEnum {} => "`Deserialize` would read the Rust names of the variants; add `#[serde(from = \"String\")]` to read the values of the service";
    EnumGenerics { name } => "an enum of string values cannot have generic parameters; remove those of `{name}`";
    UnknownValue { value, shape, suggestion } => "`{shape}` has no value `{value}`{suggestion}";
    DuplicateValue { value } => "multiple variants for the value `{value}`; remove one";
}

/// The errors of one item.
///
/// Errors that are dropped without having been reported are a bug in this crate, which panics in debug builds.
#[derive(Default)]
pub(crate) struct Diagnostics {
    errors: Option<syn::Error>,
    #[cfg(test)]
    pub(crate) names: Vec<&'static str>,
    #[cfg(debug_assertions)]
    reported: bool,
}

impl Diagnostics {
    /// Adds an error at `at`.
    pub(crate) fn push(&mut self, at: impl ToTokens, message: Message) {
        #[cfg(test)]
        self.names.push(message.name());
        self.push_syntax(syn::Error::new_spanned(at, message));
    }

    /// Adds a syntax error from `syn`.
    pub(crate) fn push_syntax(&mut self, error: syn::Error) {
        match &mut self.errors {
            Some(errors) => errors.combine(error),
            None => self.errors = Some(error),
        }
    }

    /// Returns whether there are errors, so that the generated code is never executed.
    pub(crate) fn any(&self) -> bool {
        self.errors.is_some()
    }

    /// Discards errors that another expansion of the same item reports.
    pub(crate) fn discard(mut self) {
        self.mark_reported();
    }

    /// Returns a `compile_error!` for each error.
    pub(crate) fn into_tokens(mut self) -> TokenStream {
        self.mark_reported();
        self.errors.take().map_or_else(TokenStream::new, |errors| errors.to_compile_error())
    }

    #[cfg(test)]
    pub(crate) fn into_errors(mut self) -> Vec<syn::Error> {
        self.mark_reported();
        self.errors.take().into_iter().flatten().collect()
    }

    fn mark_reported(&mut self) {
        #[cfg(debug_assertions)]
        {
            self.reported = true;
        }
    }
}

#[cfg(debug_assertions)]
impl Drop for Diagnostics {
    fn drop(&mut self) {
        assert!(
            self.reported || self.errors.is_none() || std::thread::panicking(),
            "diagnostics were dropped without being reported"
        );
    }
}
