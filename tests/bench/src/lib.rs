//! The measured code: the same validation with this crate, the `regex` crate, handwritten loops, `validator` and
//! `garde`.

pub mod call;
pub mod signing;
pub mod tokens;

use cognito_op::{Pattern, Structure, cognito_op, cognito_shape};
use std::cmp::Ordering::{Equal, Greater, Less};
use std::sync::LazyLock;

#[cognito_shape(input)]
struct Patterns {
    #[pattern(r"[\w+]+")]
    word: Option<String>,
    #[pattern(r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+")]
    visible: Option<String>,
    #[pattern(r"[\w-]+_[0-9a-zA-Z]+")]
    pool: Option<String>,
    #[pattern(r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+@[\p{L}\p{M}\p{S}\p{N}\p{P}]+")]
    address: Option<String>,
}

/// The kinds of patterns: an ASCII character class, a Unicode character class, and an automaton with each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Word,
    Visible,
    Pool,
    Address,
}

pub const KINDS: [Kind; 4] = [Kind::Word, Kind::Visible, Kind::Pool, Kind::Address];
pub const BYTES: [usize; 5] = [8, 32, 128, 2_048, 131_072];

/// A pattern, a value that matches it, and the engines.
#[derive(Clone, Debug)]
pub struct Case {
    pub kind: Kind,
    pub ascii: bool,
    pub value: String,
    pattern: Pattern,
    regex: regex::Regex,
}

impl Case {
    /// Returns the keys of all cases: the kind, whether the value is ASCII, and its length in bytes.
    pub fn keys() -> Vec<(Kind, bool, usize)> {
        let mut keys = Vec::new();
        for kind in KINDS {
            for ascii in [true, false] {
                if ascii || matches!(kind, Kind::Visible | Kind::Address) {
                    keys.extend(BYTES.map(|bytes| (kind, ascii, bytes)));
                }
            }
        }
        keys
    }

    pub fn new(key: (Kind, bool, usize)) -> Self {
        let case = Self::without_warm_up(key);
        // `regex` builds some of its state on first use, which is not measured.
        assert!(case.ours() && case.regex() && case.by_hand(), "{case:?}");
        case
    }

    fn without_warm_up((kind, ascii, bytes): (Kind, bool, usize)) -> Self {
        let pattern = Patterns::MEMBERS[kind as usize].constraints.pattern.expect("a pattern");
        // In the `regex` crate, `\w` is a Unicode class by default, so these patterns use explicit ASCII classes.
        let text = match kind {
            Kind::Word => r"[0-9A-Za-z_+]+",
            Kind::Pool => r"[0-9A-Za-z_-]+_[0-9a-zA-Z]+",
            Kind::Visible | Kind::Address => pattern.as_str(),
        };
        let regex = regex::Regex::new(&format!("^(?:{text})$")).expect("a pattern");
        let letters: Vec<char> =
            if ascii { "user1name+x_y2".chars().collect() } else { "名前ユーザé".chars().collect() };
        let mut value: String = match kind {
            Kind::Word | Kind::Visible => String::new(),
            Kind::Pool => "eu-west-1_".to_owned(),
            Kind::Address => "a@".to_owned(),
        };
        let plain = |c: &&char| kind != Kind::Pool || c.is_ascii_alphanumeric();
        for c in letters.iter().filter(plain).cycle() {
            if value.len() + c.len_utf8() > bytes.max(12) {
                break;
            }
            value.push(*c);
        }
        if kind == Kind::Word || kind == Kind::Visible {
            while value.len() > bytes {
                value.pop();
            }
        }
        Self { kind, ascii, value, pattern, regex }
    }

    pub fn name(&self) -> String {
        format!("{:?}/{}", self.kind, if self.ascii { "ascii" } else { "unicode" })
    }

    #[inline(never)]
    pub fn ours(&self) -> bool {
        self.pattern.is_match(&self.value)
    }

    #[inline(never)]
    pub fn regex(&self) -> bool {
        self.regex.is_match(&self.value)
    }

    #[inline(never)]
    pub fn by_hand(&self) -> bool {
        match self.kind {
            Kind::Word => word(&self.value),
            Kind::Visible => visible(&self.value),
            Kind::Pool => self.value.rsplit_once('_').is_some_and(|(before, after)| {
                let name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
                !before.is_empty()
                    && !after.is_empty()
                    && before.chars().all(name)
                    && after.chars().all(|c| c.is_ascii_alphanumeric())
            }),
            Kind::Address => {
                self.value.split_once('@').is_some_and(|(before, after)| visible(before) && visible(after))
            }
        }
    }
}

fn word(value: &str) -> bool {
    !value.is_empty() && value.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '+')
}

/// The non-ASCII characters of the categories L, M, S, N and P, and the unassigned code points.
const VISIBLE: [(u32, u32); 27] = [
    (0xa1, 0xac),
    (0xae, 0x5ff),
    (0x606, 0x61b),
    (0x61d, 0x6dc),
    (0x6de, 0x70e),
    (0x710, 0x88f),
    (0x892, 0x8e1),
    (0x8e3, 0x167f),
    (0x1681, 0x180d),
    (0x180f, 0x1fff),
    (0x2010, 0x2027),
    (0x2030, 0x205e),
    (0x2065, 0x2065),
    (0x2070, 0x2fff),
    (0x3001, 0xd7ff),
    (0xf900, 0xfefe),
    (0xff00, 0xfff8),
    (0xfffc, 0x110bc),
    (0x110be, 0x110cc),
    (0x110ce, 0x1342f),
    (0x13440, 0x1bc9f),
    (0x1bca4, 0x1d172),
    (0x1d17b, 0xe0000),
    (0xe0002, 0xe001f),
    (0xe0080, 0xeffff),
    (0xffffe, 0xfffff),
    (0x10fffe, 0x10ffff),
];

fn visible(value: &str) -> bool {
    let is_visible = |c: char| {
        let within = |(start, end): &(u32, u32)| {
            if *end < c as u32 {
                Less
            } else if *start > c as u32 {
                Greater
            } else {
                Equal
            }
        };
        if c.is_ascii() { c.is_ascii_graphic() } else { VISIBLE.binary_search_by(within).is_ok() }
    };
    !value.is_empty() && value.chars().all(is_visible)
}

/// `ResendConfirmationCode` with three constrained members, declared with this crate.
#[cognito_op(target = "ResendConfirmationCode", response = ())]
pub struct Resend {
    #[len(1, 128)]
    #[pattern(r"[\w+]+")]
    client_id: String,
    #[len(1, 128)]
    #[pattern(r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+")]
    username: String,
    #[secret_hash]
    #[len(1, 128)]
    #[pattern(r"[\w+=/]+")]
    secret_hash: Option<String>,
}

static CLIENT_ID: LazyLock<regex::Regex> = LazyLock::new(|| regex::Regex::new("^[0-9A-Za-z_+]+$").expect("a pattern"));
static USERNAME: LazyLock<regex::Regex> =
    LazyLock::new(|| regex::Regex::new(r"^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$").expect("a pattern"));
static SECRET_HASH: LazyLock<regex::Regex> =
    LazyLock::new(|| regex::Regex::new("^[0-9A-Za-z_+=/]+$").expect("a pattern"));

#[derive(validator::Validate)]
pub struct ByValidator {
    #[validate(length(min = 1, max = 128), regex(path = *CLIENT_ID))]
    client_id: String,
    #[validate(length(min = 1, max = 128), regex(path = *USERNAME))]
    username: String,
    #[validate(length(min = 1, max = 128), regex(path = *SECRET_HASH))]
    secret_hash: Option<String>,
}

#[derive(garde::Validate)]
pub struct ByGarde {
    #[garde(length(chars, min = 1, max = 128), pattern(*CLIENT_ID))]
    client_id: String,
    #[garde(length(chars, min = 1, max = 128), pattern(*USERNAME))]
    username: String,
    #[garde(inner(length(chars, min = 1, max = 128), pattern(*SECRET_HASH)))]
    secret_hash: Option<String>,
}

pub struct ByHand {
    client_id: String,
    username: String,
    secret_hash: Option<String>,
}

impl ByHand {
    #[inline(never)]
    pub fn validate(&self) -> Result<(), Vec<&'static str>> {
        let mut wrong = Vec::new();
        let fits = |value: &str| (1..=128).contains(&value.chars().count());
        if !fits(&self.client_id) || !word(&self.client_id) {
            wrong.push("client_id");
        }
        if !fits(&self.username) || !visible(&self.username) {
            wrong.push("username");
        }
        if let Some(hash) = &self.secret_hash
            && (!fits(hash) || !hash.chars().all(|c| c.is_ascii_alphanumeric() || "_+=/".contains(c)))
        {
            wrong.push("secret_hash");
        }
        if wrong.is_empty() { Ok(()) } else { Err(wrong) }
    }
}

/// The same request for each implementation.
pub struct Requests {
    pub ours: Resend,
    pub by_hand: ByHand,
    pub validator: ByValidator,
    pub garde: ByGarde,
}

impl Requests {
    #[expect(clippy::new_without_default)]
    pub fn new() -> Self {
        let client_id = || "1example23456789abcdefghij".to_owned();
        let username = || "alice@example.com".to_owned();
        let secret_hash = || "7P85NdZ9+/Fs5g4hQ0T5Xo3bQYk1eLh2c0mVYb1yYQk=".to_owned();
        let requests = Self {
            ours: Resend::new(client_id(), username()).secret_hash(secret_hash()),
            by_hand: ByHand { client_id: client_id(), username: username(), secret_hash: Some(secret_hash()) },
            validator: ByValidator { client_id: client_id(), username: username(), secret_hash: Some(secret_hash()) },
            garde: ByGarde { client_id: client_id(), username: username(), secret_hash: Some(secret_hash()) },
        };
        assert!(requests.ours() && requests.by_hand() && requests.validator() && requests.garde());
        requests
    }

    #[inline(never)]
    pub fn ours(&self) -> bool {
        self.ours.validate().is_ok()
    }

    #[inline(never)]
    pub fn by_hand(&self) -> bool {
        self.by_hand.validate().is_ok()
    }

    #[inline(never)]
    pub fn validator(&self) -> bool {
        validator::Validate::validate(&self.validator).is_ok()
    }

    #[inline(never)]
    pub fn garde(&self) -> bool {
        garde::Validate::validate(&self.garde).is_ok()
    }
}

/// Returns a case whose matcher has not run yet. `warm` returns one whose matcher has run 999 times.
pub fn fresh(kind: Kind) -> &'static Case {
    Box::leak(Box::new(Case::without_warm_up((kind, true, 32))))
}

pub fn warm(kind: Kind) -> &'static Case {
    let case = fresh(kind);
    assert!((0..999).all(|_| case.ours()));
    case
}
