//! The operations and shapes in `table.txt`, which `cargo x model update` generates from the public service description.
//!
//! Each line of an entry is a fact. The entries are sorted by their first line and found by binary search, so that only
//! the entries that a macro needs are parsed.

use crate::names::fold;
use crate::overlay::Overlay;
use std::cmp::Ordering;
use std::fmt;

/// The published service, with the overlay.
pub const SERVICE: Model = Model { table: include_str!("table.txt"), overlay: Overlay::SERVICE };

/// The operations and shapes of a service.
#[derive(Clone, Copy)]
pub struct Model {
    table: &'static str,
    overlay: Overlay,
}

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Model").field("botocore", &self.botocore()).finish_non_exhaustive()
    }
}

/// An operation of the API.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Operation {
    /// The name, which is the target of requests.
    pub name: &'static str,
    /// Whether it is called without AWS credentials.
    pub unsigned: bool,
    /// The structure of requests.
    pub input: Option<Shape>,
    /// The structure of responses.
    pub output: Option<Shape>,
    /// The errors that it reports.
    pub errors: Vec<&'static str>,
    /// Whether it is idempotent.
    pub idempotent: bool,
    /// The errors that are reported although the operation has been executed.
    pub executed_despite: Vec<&'static str>,
    /// The members with which it returns a list in pages, if it does.
    pub pagination: Option<Pagination>,
}

/// The members with which an operation returns a list in pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Pagination {
    /// The member of requests and responses with the token of the next page.
    pub token: &'static str,
    /// The member of responses with the list.
    pub list: &'static str,
    /// The member of requests with the maximum number of items of a page.
    pub limit: Option<&'static str>,
}

/// A shape of the API: a type in requests or responses.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Shape {
    model: Model,
    /// The name in the API.
    pub name: &'static str,
    /// The kind of its values.
    pub kind: Kind,
    /// Whether the service marks the shape. See [`Shape::is_sensitive`].
    sensitive: bool,
    /// Whether the shape occurs in the input of an operation.
    pub input: bool,
    /// Whether the shape occurs in the output of an operation.
    pub output: bool,
    /// The minimum length or number.
    pub min: Option<i64>,
    /// The maximum length or number.
    pub max: Option<i64>,
    /// The pattern, which the whole value must match.
    pub pattern: Option<&'static str>,
    /// The values of an enum.
    pub values: Vec<&'static str>,
    /// The shapes of the entries of a list or map.
    entries: Vec<&'static str>,
    /// The members of a structure, in the published order.
    pub members: Vec<Member>,
}

/// The kind of a shape's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names of the service's types")]
pub enum Kind {
    Structure,
    String,
    Enum,
    Boolean,
    Integer,
    Long,
    Timestamp,
    Blob,
    List,
    Map,
    Document,
}

impl Kind {
    const NAMES: [(&'static str, Self, &'static str); 11] = [
        ("structure", Self::Structure, "a structure"),
        ("string", Self::String, "a string"),
        ("enum", Self::Enum, "a string enum"),
        ("boolean", Self::Boolean, "a boolean"),
        ("integer", Self::Integer, "an integer"),
        ("long", Self::Long, "a 64-bit integer"),
        ("timestamp", Self::Timestamp, "a timestamp"),
        ("blob", Self::Blob, "a blob"),
        ("list", Self::List, "a list"),
        ("map", Self::Map, "a map"),
        ("document", Self::Document, "a document"),
    ];

    /// Returns the kind with its article, for a message.
    #[must_use]
    pub fn described(self) -> &'static str {
        Self::NAMES.iter().find(|(_, kind, _)| *kind == self).map_or("", |(_, _, text)| text)
    }

    /// Returns whether values are strings.
    #[must_use]
    pub fn is_text(self) -> bool {
        matches!(self, Self::String | Self::Enum)
    }
}

/// A member of a structure.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Member {
    model: Model,
    /// The name in the API.
    pub name: &'static str,
    /// The name of the shape.
    pub shape_name: &'static str,
    /// Whether the service requires the member.
    pub required: bool,
    /// Whether the service marks the member as deprecated.
    pub deprecated: bool,
}

/// A value that belongs to the app client, which a client fills into a member of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AutoFill {
    /// The app client's id.
    ClientId,
    /// The app client's secret.
    ClientSecret,
    /// The secret hash, in a member or in an entry of a map.
    SecretHash,
}

impl AutoFill {
    const MEMBERS: [(Self, &'static [&'static str]); 3] = [
        (Self::ClientId, &["ClientId"]),
        (Self::ClientSecret, &["ClientSecret", "Secret"]),
        (Self::SecretHash, &["SecretHash", "AuthParameters", "ChallengeResponses"]),
    ];

    /// Returns the value that a member with this name contains in a request for an app client.
    #[must_use]
    pub fn of(member: &str) -> Option<Self> {
        Self::MEMBERS.into_iter().find(|(_, members)| members.contains(&member)).map(|(value, _)| value)
    }

    /// Returns the name of the attribute of a field that the client fills in.
    #[must_use]
    pub fn attribute(self) -> &'static str {
        match self {
            Self::ClientId => "client_id",
            Self::ClientSecret => "client_secret",
            Self::SecretHash => "secret_hash",
        }
    }

    /// Returns the names of the members that can contain the value.
    #[must_use]
    pub fn members(self) -> &'static [&'static str] {
        Self::MEMBERS.iter().find(|(value, _)| *value == self).map_or(&[], |(_, members)| members)
    }
}

impl Member {
    /// Returns the shape of the member's values.
    #[must_use]
    pub fn shape(&self) -> Option<Shape> {
        self.model.read_shape(self.shape_name)
    }
}

impl Operation {
    /// Returns whether it is called for an app client, whose id and secret the client fills in.
    ///
    /// A signed operation that authenticates a user is called for an app client too. Other signed operations have an app
    /// client as their subject, which is not the one of the caller.
    #[must_use]
    pub fn is_for_app_client(&self) -> bool {
        let hash = |member: &Member| AutoFill::of(member.name) == Some(AutoFill::SecretHash);
        self.unsigned || self.input.iter().flat_map(|input| &input.members).any(hash)
    }

    /// Returns the value that a client fills into a member of the request.
    #[must_use]
    pub fn auto_fill(&self, member: &str) -> Option<AutoFill> {
        AutoFill::of(member).filter(|_| self.is_for_app_client())
    }
}

impl Pagination {
    /// Finds the members in the shapes of an operation. The service publishes them for only some of its lists, but all of
    /// them have the same form: an optional token with one name in both shapes, and one list in the output.
    fn of(input: &Shape, output: &Shape) -> Option<Self> {
        let find = |shape: &Shape, names: [&str; 2]| names.iter().find_map(|name| shape.member_named(name));
        let token = find(output, ["NextToken", "PaginationToken"])?;
        input.member_named(token.name).filter(|member| !member.required)?;
        let is_list = |member: &&Member| member.shape().is_some_and(|shape| shape.kind == Kind::List);
        let mut lists = output.members.iter().filter(is_list);
        let (Some(list), None) = (lists.next(), lists.next()) else { return None };
        let limit = find(input, ["Limit", "MaxResults"]).map(|member| member.name);
        Some(Self { token: token.name, list: list.name, limit })
    }
}

impl Shape {
    /// Returns the model that the shape is part of.
    #[must_use]
    pub fn model(&self) -> Model {
        self.model
    }

    /// Returns whether values of the shape are redacted: the service or the overlay marks the shape or its entries.
    #[must_use]
    pub fn is_sensitive(&self) -> bool {
        self.sensitive
            || self.model.overlay.is_sensitive(self.name)
            || self.entries.iter().filter_map(|name| self.model.read_shape(name)).any(|shape| {
                // A structure redacts its own members.
                shape.kind != Kind::Structure && shape.is_sensitive()
            })
    }

    /// Returns the shape of the entries of a list (0), or of the keys (0) and values (1) of a map.
    #[must_use]
    pub fn entry(&self, index: usize) -> Option<Self> {
        self.model.read_shape(self.entries.get(index)?)
    }

    /// Returns the member that a field stands for, however acronyms are written (`user_mfa_setting_list`).
    #[must_use]
    pub fn member(&self, field: &str) -> Option<Member> {
        let folded = fold(field);
        self.members.iter().find(|member| fold(member.name) == folded).copied()
    }

    /// Returns the member with exactly that name.
    #[must_use]
    pub fn member_named(&self, wire: &str) -> Option<Member> {
        self.members.iter().find(|member| member.name == wire).copied()
    }

    /// Returns the value of an enum that a variant stands for.
    #[must_use]
    pub fn value(&self, variant: &str) -> Option<&'static str> {
        let folded = fold(variant);
        self.values.iter().find(|value| fold(value) == folded).copied()
    }
}

/// An entry of a table: its first line and the facts below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry {
    /// `operation`, `shape`, `exception` or `botocore`.
    pub kind: &'static str,
    /// The name, or the version of botocore.
    pub name: &'static str,
    facts: &'static str,
}

impl Entry {
    /// Returns the first word and the rest of each fact.
    pub fn facts(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.facts.lines().map(|line| {
            let line = line.trim_start();
            line.split_once(' ').unwrap_or((line, ""))
        })
    }
}

impl Model {
    /// Returns the model in another version of the table, without the overlay.
    #[must_use]
    pub const fn of(table: &'static str) -> Self {
        Self { table, overlay: Overlay::NONE }
    }

    /// Returns the model without the overlay.
    #[must_use]
    pub const fn published(self) -> Self {
        Self::of(self.table)
    }

    /// Returns the text of the table.
    #[must_use]
    pub const fn table(self) -> &'static str {
        self.table
    }

    /// Returns the version of botocore that contains the description.
    #[must_use]
    pub fn botocore(self) -> &'static str {
        self.entries().find(|entry| entry.kind == "botocore").map_or("", |entry| entry.name)
    }

    /// Returns all entries, in the order of the table.
    pub fn entries(self) -> impl Iterator<Item = Entry> {
        let mut rest = self.table;
        std::iter::from_fn(move || {
            let (entry, after) = split_entry(rest);
            rest = after;
            parse(entry)
        })
    }

    fn names(self, kind: &'static str) -> impl Iterator<Item = &'static str> {
        self.table.lines().filter_map(move |line| line.strip_prefix(kind)?.strip_prefix(' '))
    }

    /// Returns the operation with exactly that name.
    #[must_use]
    pub fn operation(self, name: &str) -> Option<Operation> {
        let entry = self.entry("operation", name)?;
        let mut operation = Operation {
            name: entry.name,
            unsigned: self.overlay.is_unsigned(name),
            input: None,
            output: None,
            errors: Vec::new(),
            idempotent: self.overlay.is_idempotent(name),
            executed_despite: self.overlay.executed_despite(name),
            pagination: None,
        };
        for (word, rest) in entry.facts() {
            match word {
                "unsigned" => operation.unsigned = true,
                "input" => operation.input = self.read_shape(rest),
                "output" => operation.output = self.read_shape(rest),
                "error" => operation.errors.push(rest),
                _ => {}
            }
        }
        if let (Some(input), Some(output)) = (&operation.input, &operation.output) {
            operation.pagination = Pagination::of(input, output);
        }
        Some(operation)
    }

    /// Returns the names of all operations, sorted.
    pub fn operation_names(self) -> impl Iterator<Item = &'static str> {
        self.names("operation")
    }

    /// Returns all operations, sorted by their names.
    pub fn operations(self) -> impl Iterator<Item = Operation> {
        self.operation_names().filter_map(move |name| self.operation(name))
    }

    /// Returns the shape that the name of a type stands for: `X`, or `XType`.
    #[must_use]
    pub fn shape(self, name: &str) -> Option<Shape> {
        self.read_shape(name).or_else(|| self.read_shape(&format!("{name}Type")))
    }

    /// Returns the names of all shapes that occur in requests or responses, sorted.
    pub fn shape_names(self) -> impl Iterator<Item = &'static str> {
        self.names("shape")
    }

    /// Returns all shapes that occur in requests or responses, sorted by their names.
    pub fn shapes(self) -> impl Iterator<Item = Shape> {
        self.shape_names().filter_map(move |name| self.read_shape(name))
    }

    /// Returns the names of all exceptions, sorted.
    pub fn exception_names(self) -> impl Iterator<Item = &'static str> {
        self.names("exception")
    }

    /// Returns the names of all shapes with the same facts as the named one in any order, including that one.
    #[must_use]
    pub fn identical_shapes(self, name: &str) -> Vec<&'static str> {
        let Some(entry) = self.entry("shape", name) else { return Vec::new() };
        let sorted = |facts: &'static str| {
            let mut lines: Vec<&str> = facts.lines().collect();
            lines.sort_unstable();
            lines
        };
        let facts = sorted(entry.facts);
        let is_identical =
            |other: &&'static str| other.trim_end().len() == entry.facts.trim_end().len() && sorted(other) == facts;
        let shapes = self.table.split("\nshape ").skip(1).filter_map(|shape| shape.split_once('\n'));
        shapes.filter(|(_, other)| is_identical(other)).map(|(name, _)| name).collect()
    }

    fn read_shape(self, name: &str) -> Option<Shape> {
        let entry = self.entry("shape", name)?;
        let mut shape = Shape {
            model: self,
            name: entry.name,
            kind: Kind::Structure,
            sensitive: false,
            input: false,
            output: false,
            min: None,
            max: None,
            pattern: None,
            values: Vec::new(),
            entries: Vec::new(),
            members: Vec::new(),
        };
        for (word, rest) in entry.facts() {
            match word {
                "type" => shape.kind = Kind::NAMES.iter().find(|(name, ..)| *name == rest)?.1,
                "input" => shape.input = true,
                "output" => shape.output = true,
                "sensitive" => shape.sensitive = true,
                "min" => shape.min = rest.parse().ok(),
                "max" => shape.max = rest.parse().ok(),
                "pattern" => shape.pattern = Some(rest),
                "value" => shape.values.push(rest),
                "each" | "key" | "entry" => shape.entries.push(rest),
                "member" => {
                    let (name, shape_name) = rest.split_once(' ')?;
                    let member = Member { model: self, name, shape_name, required: false, deprecated: false };
                    shape.members.push(member);
                }
                "required" | "deprecated" => {
                    for member in shape.members.iter_mut().filter(|member| member.name == rest) {
                        member.required |= word == "required";
                        member.deprecated |= word == "deprecated";
                    }
                }
                _ => {}
            }
        }
        for member in shape.members.iter_mut().filter(|member| member.required) {
            member.required = !self.overlay.is_optional(shape.name, member.name);
        }
        shape.max = self.overlay.max(shape.name).or(shape.max);
        shape.pattern = self.overlay.pattern(shape.name).or(shape.pattern);
        Some(shape)
    }

    /// Finds an entry by binary search.
    ///
    /// Macros are built without optimization by default, so the text is searched for line breaks instead of byte by byte.
    fn entry(self, kind: &str, name: &str) -> Option<Entry> {
        let mut rest = self.table;
        while !rest.is_empty() {
            let before = rest.get(..rest.len() / 2)?;
            let is_start = |at: &usize| !rest[*at..].starts_with(' ');
            let start = before.rmatch_indices('\n').map(|(at, _)| at + 1).find(is_start).unwrap_or(0);
            let (smaller, middle) = rest.split_at(start);
            let (middle, greater) = split_entry(middle);
            let entry = parse(middle)?;
            match (kind, name).cmp(&(entry.kind, entry.name)) {
                Ordering::Equal => return Some(entry),
                Ordering::Less => rest = smaller,
                Ordering::Greater => rest = greater,
            }
        }
        None
    }
}

/// Returns the first entry, and the text after it.
fn split_entry(entries: &'static str) -> (&'static str, &'static str) {
    let is_start = |at: &usize| !entries[*at..].starts_with(' ');
    let end = entries.match_indices('\n').map(|(at, _)| at + 1).find(is_start);
    entries.split_at(end.unwrap_or(entries.len()))
}

fn parse(entry: &'static str) -> Option<Entry> {
    let (first, facts) = entry.split_once('\n')?;
    let (kind, name) = first.split_once(' ')?;
    Some(Entry { kind, name, facts })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identical_shapes_differ_only_in_their_name() {
        let code_sent =
            ["ForgotPasswordResponse", "GetUserAttributeVerificationCodeResponse", "ResendConfirmationCodeResponse"];
        for name in code_sent {
            assert_eq!(SERVICE.identical_shapes(name), code_sent);
        }
        assert_eq!(SERVICE.identical_shapes("GetUserResponse"), ["GetUserResponse"]);
        assert_eq!(SERVICE.identical_shapes("Pigeon"), [""; 0]);
        // The last entry of the table ends with the file.
        let last = SERVICE.shape_names().last().expect("a shape");
        assert!(SERVICE.identical_shapes(last).contains(&last));
    }

    #[test]
    fn every_entry_is_found_and_parsed() {
        for entry in SERVICE.entries() {
            assert_eq!(SERVICE.entry(entry.kind, entry.name), Some(entry));
        }
        let rows: usize = SERVICE.entries().map(|entry| 1 + entry.facts().count()).sum();
        assert_eq!(rows, SERVICE.table().lines().count());
        for operation in SERVICE.operations() {
            assert!(operation.input.is_some_and(|input| input.kind == Kind::Structure), "{}", operation.name);
        }
        // Tests with a loop over the operations do not count them.
        assert!(SERVICE.operation_names().count() > 150 && SERVICE.exception_names().count() > 50);
        assert_eq!(SERVICE.operations().count(), SERVICE.operation_names().count());
        assert_eq!(SERVICE.shapes().count(), SERVICE.shape_names().count());
        for shape in SERVICE.shapes() {
            for member in &shape.members {
                assert!(member.shape().is_some(), "{}.{}", shape.name, member.name);
            }
        }
        for name in ["ResendConfirmationCodes", "", "A", "zzz", "ResendConfirmationCode\n"] {
            assert!(SERVICE.operation(name).is_none() && SERVICE.shape(name).is_none(), "{name}");
        }
        assert!(SERVICE.botocore().starts_with("1."), "{}", SERVICE.botocore());
    }

    /// A linear search would fail at the entry without a name.
    #[test]
    fn lookups_parse_the_entries_in_the_middle() {
        let shapes = "shape A\n  type string\nshape B\n  type string\nshape C\n  type string\n";
        let found = |table: String, name| Model::of(table.leak()).shape(name).map(|shape| shape.name);
        assert_eq!(found(format!("unnamed\n{shapes}"), "C"), Some("C"));
        assert_eq!(found(format!("{shapes}unnamed\n"), "A"), Some("A"));
    }

    #[test]
    fn the_debug_form_is_the_version() {
        assert_eq!(format!("{SERVICE:?}"), format!("Model {{ botocore: {:?}, .. }}", SERVICE.botocore()));
    }

    #[test]
    fn strings_and_enums_are_text() {
        assert!(Kind::String.is_text() && Kind::Enum.is_text());
        assert!(!Kind::Blob.is_text() && !Kind::Structure.is_text());
    }

    #[test]
    fn members_of_automatic_values_are_found() {
        for value in [AutoFill::ClientId, AutoFill::ClientSecret, AutoFill::SecretHash] {
            assert!(!value.members().is_empty());
            assert!(value.members().iter().all(|member| AutoFill::of(member) == Some(value)), "{:?}", value.members());
        }
        assert_eq!(AutoFill::of("Username"), None);
    }

    #[test]
    fn the_overlay_is_optional() {
        let session = |model: Model| model.shape("SessionType").expect("in the table").max;
        assert_eq!((session(SERVICE), session(SERVICE.published())), (Some(8192), Some(4096)));
        let unsigned = |model: Model| model.operation("GetClientToken").expect("in the table").unsigned;
        assert_eq!((unsigned(SERVICE), unsigned(SERVICE.published())), (true, false));
    }

    #[test]
    fn the_client_fills_in_members_of_calls_for_an_app_client() {
        let filled = |operation: &str, member| SERVICE.operation(operation).expect("in the table").auto_fill(member);
        assert_eq!(filled("SignUp", "ClientId"), Some(AutoFill::ClientId));
        assert_eq!(filled("SignUp", "SecretHash"), Some(AutoFill::SecretHash));
        assert_eq!(filled("SignUp", "Username"), None);
        assert_eq!(filled("AdminInitiateAuth", "ClientId"), Some(AutoFill::ClientId));
        assert_eq!(filled("AdminInitiateAuth", "AuthParameters"), Some(AutoFill::SecretHash));
        assert_eq!(filled("GetClientToken", "Secret"), Some(AutoFill::ClientSecret));
        assert_eq!(filled("DescribeUserPoolClient", "ClientId"), None);
        assert_eq!(filled("AddUserPoolClientSecret", "ClientSecret"), None);
    }

    /// The description of paginators leaves out some of the lists, and the rule that finds them agrees with it on the others.
    #[test]
    fn lists_have_the_published_pagination() {
        let pages = |operation: &str| SERVICE.operation(operation).expect("in the table").pagination;
        let users = Pagination { token: "PaginationToken", list: "Users", limit: Some("Limit") };
        let sessions = Pagination { token: "NextToken", list: "Sessions", limit: None };
        assert_eq!((pages("ListUsers"), pages("ListUserSessions")), (Some(users), Some(sessions)));
        assert_eq!((pages("GetUser"), pages("ListTagsForResource")), (None, None));
        let mut unpublished = Vec::new();
        for operation in SERVICE.operations() {
            let entry = SERVICE.entry("operation", operation.name).expect("in the table");
            let published = entry.facts().find(|(word, _)| *word == "pages").map(|(_, names)| names.to_owned());
            let found = operation
                .pagination
                .map(|Pagination { token, list, limit }| format!("{token} {list} {}", limit.unwrap_or_default()));
            match published {
                Some(_) => assert_eq!(found, published, "{}", operation.name),
                None => unpublished.extend(found.map(|_| operation.name)),
            }
        }
        let expected = [
            "AdminListDevices",
            "AdminListUserSessions",
            "ListDevices",
            "ListPointInTimeRecoveries",
            "ListTerms",
            "ListUserImportJobs",
            "ListUserPoolClientSecrets",
            "ListUserPoolReplicas",
            "ListUserSessions",
            "ListWebAuthnCredentials",
        ];
        assert_eq!(unpublished, expected);
    }

    /// No list is missed because its token has another name.
    #[test]
    fn tokens_of_pages_have_known_names() {
        for operation in SERVICE.operations() {
            let members = [&operation.input, &operation.output].into_iter().flatten().flat_map(|shape| &shape.members);
            let mut tokens = members.filter(|member| member.name.contains("Pagination") || member.name == "NextToken");
            assert_eq!(operation.pagination.is_some(), tokens.next().is_some(), "{}", operation.name);
        }
    }

    #[test]
    fn members_resolve_despite_acronyms() {
        let shape = SERVICE.shape("GetUserResponse").expect("in the table");
        assert_eq!(shape.member("user_mfa_setting_list").map(|member| member.name), Some("UserMFASettingList"));
        assert!(shape.member("username").is_some_and(|member| member.required));
    }

    #[test]
    fn members_are_required_or_deprecated_as_published() {
        let named = |shape: &str, is_chosen: fn(&Member) -> bool| {
            let members = SERVICE.shape(shape).expect("in the table").members;
            members.into_iter().filter(is_chosen).map(|member| member.name).collect::<Vec<_>>()
        };
        assert_eq!(named("UserPoolType", |member| member.deprecated), ["Status"]);
        assert_eq!(named("UserPoolType", |member| member.required), [""; 0]);
        assert_eq!(named("AttributeType", |member| member.required), ["Name"]);
        assert_eq!(named("AttributeType", |member| member.deprecated), [""; 0]);
    }

    #[test]
    fn shapes_are_sensitive_by_model_overlay_or_entries() {
        let sensitive = |name| SERVICE.shape(name).expect("in the table").is_sensitive();
        assert!(sensitive("Username"));
        assert!(sensitive("ClientMetadata"));
        assert!(sensitive("UserContextData"));
        assert!(sensitive("AuthParameters"));
        assert!(sensitive("HttpHeader"));
        assert!(sensitive("ProviderUserIdentifierType"));
        assert!(!sensitive("AnalyticsMetadata"));
        assert!(!sensitive("AttributeListType"), "AttributeType redacts its own value");

        let model = Model::of(
            "shape Code\n  type string\n  sensitive\nshape Codes\n  type list\n  each Code\n\
             shape User\n  type structure\n  sensitive\nshape Users\n  type list\n  each User\n",
        );
        let sensitive = |name| model.shape(name).expect("in the table").is_sensitive();
        assert!(sensitive("Codes"));
        assert!(sensitive("User") && !sensitive("Users"), "a structure redacts its own members");
    }

    #[test]
    fn idempotent_operations_deliver_no_codes() {
        for operation in SERVICE.operations().filter(|operation| operation.idempotent) {
            assert!(!operation.errors.contains(&"CodeDeliveryFailureException"), "{}", operation.name);
        }
    }

    #[test]
    fn every_overlay_row_has_an_existing_subject_and_a_reason() {
        for row in Overlay::SERVICE.0.lines() {
            let (word, rest) = row.split_once(' ').unwrap_or_else(|| panic!("{row}"));
            let (name, mut reason) = rest.split_once(' ').unwrap_or_else(|| panic!("{row}"));
            let (operation, shape) = (SERVICE.operation(name), SERVICE.published().shape(name));
            match word {
                "sensitive" => assert!(shape.is_some(), "{row}"),
                "idempotent" => assert!(operation.is_some(), "{row}"),
                "optional" => {
                    let (shape, member) = name.split_once('.').unwrap_or_else(|| panic!("{row}"));
                    let shape = SERVICE.published().shape(shape).filter(|shape| shape.output);
                    let member = shape.and_then(|shape| shape.member_named(member));
                    assert!(member.is_some_and(|member| member.required), "{row}");
                }
                // A row is removed once the service marks the operation.
                "unsigned" => {
                    assert!(SERVICE.published().operation(name).is_some_and(|operation| !operation.unsigned), "{row}");
                }
                "despite" => {
                    let (error, why) = reason.split_once(' ').unwrap_or_else(|| panic!("{row}"));
                    assert!(operation.is_some_and(|operation| operation.errors.contains(&error)), "{row}");
                    reason = why;
                }
                "max" => {
                    let (max, why) = reason.split_once(' ').unwrap_or_else(|| panic!("{row}"));
                    let max: i64 = max.parse().unwrap_or_else(|_| panic!("{row}"));
                    assert!(shape.is_some_and(|shape| shape.max.is_some_and(|published| published < max)), "{row}");
                    reason = why;
                }
                "pattern" => {
                    let (pattern, why) = reason.split_once(' ').unwrap_or_else(|| panic!("{row}"));
                    assert!(shape.is_some_and(|shape| shape.pattern.is_some_and(|old| old != pattern)), "{row}");
                    reason = why;
                }
                _ => panic!("{row}"),
            }
            assert!(reason.len() > 20, "{row}");
        }
    }
}
