//! Snapshots of the generated code, which `BLESS=1 cargo test -p cognito-op-macros` updates, and tests that its names cannot be
//! taken for the user's.

use crate::attribute;
use crate::diagnostic::Diagnostics;
use crate::pattern::known_classes;
use crate::syntax::AttributeMacro::{self, Operation, Shape};
use proc_macro2::{TokenStream, TokenTree};
use std::path::Path;

const RESEND: &str = r#"
    pub struct ResendConfirmationCode {
        #[len(1, 128)]
        #[pattern(r"[\w+]+")]
        pub client_id: user::Text,
        #[len(1, 128)]
        #[pattern(r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+")]
        pub username: user::Text,
        #[secret_hash]
        pub secret_hash: Option<user::Text>,
        pub analytics_metadata: Option<user::AnalyticsMetadata>,
        #[keys(len(1, 32))]
        pub client_metadata: Option<::std::collections::HashMap<user::Text, user::Text>>,
    }
"#;

const CONSTRAINTS: &str = r#"
    struct Constraints {
        client_id: user::Text,
        username: user::Text,
        #[len(2)]
        #[pattern("[a-cé-í😀]{2,4}")]
        own_class: Option<user::Text>,
        #[pattern("[a-cé-í😀]+")]
        same_class: Option<user::Text>,
        #[pattern("[^a-c]{3}")]
        the_rest: Option<user::Text>,
        #[pattern("[a-z]+(-[a-z]+)*")]
        automaton: Option<user::Text>,
        #[pattern(r"^[0-9A-Za-z\.\-_]*(?<!\.)$")]
        looks_behind: Option<user::Text>,
        #[len(max = 5)]
        #[each(len(min = 1), pattern("[0-9]"))]
        list: Option<::std::vec::Vec<user::Text>>,
        #[len(min = 1)]
        #[keys(len(1, 2), pattern("[k]+"))]
        #[values(len(3, 4), pattern("[^v]+"))]
        map: Option<::std::collections::BTreeMap<user::Text, user::Text>>,
        #[range(-1, 60)]
        number: i64,
        #[sensitive]
        #[member("OTHER_NAME")]
        named: Option<user::Text>,
        #[secret_hash]
        entries: Option<::std::collections::BTreeMap<user::Text, user::Text>>,
    }
"#;

const SECRET: &str = r"
    pub struct RevokeToken {
        #[client_id]
        pub client_id: Option<user::Text>,
        #[len]
        #[pattern]
        #[client_secret]
        pub client_secret: Option<user::Text>,
        #[pattern]
        pub token: user::Text,
    }
";

const TYPE_ASSERTIONS: &str = r#"
    struct TypeAssertions {
        client_id: user::Text,
        #[len(1)]
        #[pattern("[a]+")]
        named: user::Named,
        #[range(0, 1)]
        number: user::Number,
        #[each(len(1))]
        list: Option<user::List>,
        #[keys(pattern("[a]+"))]
        #[values(range(0, 1))]
        map: Option<user::Map>,
        #[values(len(1))]
        entries: Option<::std::collections::HashMap<user::Key, user::Value>>,
        #[secret_hash(key = "HASH")]
        hashed: Option<user::Map>,
        #[client_secret]
        client_secret: Option<user::Named>,
    }
"#;

const GENERIC: &str = r"
    struct Future<'a, T, const N: usize>
    where
        T: user::Bound,
    {
        r#type: &'a T,
        #[range(max = 5)]
        number: Option<i64>,
    }
";

const DETAILS: &str = r"
    pub struct CodeDeliveryDetails {
        pub destination: user::Text,
        pub delivery_medium: Option<user::DeliveryMedium>,
    }
";

const LIST_USERS: &str = r"
    pub struct ListUsers {
        pub user_pool_id: user::Text,
        pub pagination_token: Option<::std::string::String>,
    }
";

const PAGE: &str = r"
    pub struct ListUsersResponse {
        pub users: Option<::std::vec::Vec<user::User>>,
        pub pagination_token: Option<::std::string::String>,
    }
";

const MEDIUM: &str = "enum DeliveryMedium { Sms, Email, Other(user::String) }";

/// Returns the name and the code of each snapshot.
fn expansions() -> Vec<(&'static str, TokenStream)> {
    let expanded = |attribute: AttributeMacro, options: &str, item: &str| {
        let mut diagnostics = Diagnostics::default();
        let options = options.parse().unwrap();
        let item = attribute::expand(attribute, &options, item.parse().unwrap(), &mut diagnostics);
        let tokens = match attribute {
            Operation => crate::operation(item, false, &mut diagnostics),
            Shape => crate::shape(item, &mut diagnostics),
        };
        let errors: Vec<_> = diagnostics.into_errors().iter().map(ToString::to_string).collect();
        assert!(errors.is_empty(), "{errors:?}");
        tokens.unwrap()
    };
    vec![
        ("operation", expanded(Operation, "target = \"ResendConfirmationCode\", response = user::Response", RESEND)),
        (
            "generic",
            expanded(Operation, "target = \"Future\", unmodeled, idempotent = true, signed, response = ()", GENERIC),
        ),
        ("constraints", expanded(Operation, "target = \"Constraints\", unmodeled, debug = false", CONSTRAINTS)),
        (
            "type_assertions",
            expanded(Operation, "target = \"TypeAssertions\", unmodeled, response = ()", TYPE_ASSERTIONS),
        ),
        ("secret", expanded(Operation, "target = \"RevokeToken\", response = ()", SECRET)),
        (
            "paginated",
            expanded(Operation, "target = \"ListUsers\", response = user::Page, signed, paginated", LIST_USERS),
        ),
        ("page", expanded(Shape, "output", PAGE)),
        ("structure", expanded(Shape, "crate = ::renamed", DETAILS)),
        ("enumeration", expanded(Shape, "", MEDIUM)),
        ("known_classes", known_classes()),
    ]
}

#[test]
fn expansions_match_their_snapshots() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots");
    for (name, tokens) in expansions() {
        let text = prettyplease::unparse(&syn::parse2(tokens).unwrap());
        let path = folder.join(format!("{name}.rs"));
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&path, &text).unwrap();
        }
        let expected = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(text == expected, "{} differs; BLESS=1 updates it:\n{text}", path.display());
    }
}

/// Names that a user's module may shadow, so that generated code may only use them within a path.
const BANNED: [&str; 36] = [
    "Option",
    "Some",
    "None",
    "Result",
    "Ok",
    "Err",
    "String",
    "Vec",
    "Box",
    "From",
    "Into",
    "FromStr",
    "Default",
    "Debug",
    "Display",
    "Clone",
    "Iterator",
    "Infallible",
    "std",
    "core",
    "alloc",
    "cognito_op",
    "serde",
    "str",
    "bool",
    "u8",
    "u32",
    "u64",
    "i32",
    "assert",
    "panic",
    "unreachable",
    "format",
    "vec",
    "Operation",
    "Error",
];

#[test]
fn generated_names_cannot_be_shadowed() {
    fn check(name: &str, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        for (at, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Group(group) => check(name, group.stream()),
                TokenTree::Ident(ident) if BANNED.iter().any(|banned| ident == banned) => {
                    let in_path = at >= 2
                        && tokens[at - 2..at]
                            .iter()
                            .all(|token| matches!(token, TokenTree::Punct(p) if p.as_char() == ':'));
                    // `type Err` in an impl is a declaration.
                    let declared = at >= 1 && matches!(&tokens[at - 1], TokenTree::Ident(word) if word == "type");
                    assert!(
                        in_path || declared,
                        "{name}: `{ident}` is not part of a path in {}",
                        tokens[at.saturating_sub(3)..].iter().take(8).map(ToString::to_string).collect::<String>()
                    );
                }
                _ => {}
            }
        }
    }
    for (name, tokens) in expansions() {
        check(name, tokens);
    }
}

#[test]
fn generated_code_has_no_cfg() {
    for (name, tokens) in expansions() {
        assert!(!tokens.to_string().contains("cfg"), "{name}");
    }
}
