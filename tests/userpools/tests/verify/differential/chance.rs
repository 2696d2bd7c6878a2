//! Pseudo-random tokens.

use super::{Cases, Settings, claims, header, mint};
use crate::forge::{ACCESS, token};
use crate::{CLIENT, OTHER_POOL, POOL};

const NAMES: &[&str] = &[
    "iss",
    "sub",
    "token_use",
    "exp",
    "nbf",
    "iat",
    "aud",
    "client_id",
    "scope",
    "username",
    "cognito:username",
    "cognito:groups",
    "jti",
    "device_key",
    "auth_time",
    "version",
    "custom:x",
    "__proto__",
    "constructor",
    "",
    "\\u0065xp",
];
const VALUES: &[&str] = &[
    "null",
    "true",
    "0",
    "-1",
    "1.5",
    "1800000000",
    "1799999999",
    "1800000001",
    "1800000000.5",
    "1e300",
    "-1e300",
    "1e400",
    "9007199254740993",
    "18446744073709551616",
    r#""""#,
    r#""access""#,
    r#""id""#,
    r#""1example23456789""#,
    r#""\u0031example23456789""#,
    r#""1EXAMPLE23456789""#,
    r#"["1example23456789"]"#,
    r#"["1example23456789",5]"#,
    "[]",
    "{}",
    r#""files/read""#,
    r#""files/read openid""#,
    r#"["admin"]"#,
    r#""admin""#,
    r#"["admin",null]"#,
    r#"{"a":{"a":1}}"#,
    r#"{"a":1,"a":2}"#,
    r#""\ud800""#,
    r#""é""#,
    "[[[]]]",
    r#""https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Ab12Cd34E""#,
    r#""https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Xy98Zw76V""#,
    r#""https://issuer-cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Ab12Cd34E""#,
];
const MEMBERS: &[&str] = &[
    r#""typ":"JWT""#,
    r#""crit":["exp"]"#,
    r#""jku":"https://x""#,
    r#""alg":"RS256""#,
    r#""alg":"none""#,
    r#""kid":5"#,
    r#""x":{"y":1,"y":2}"#,
    r#""b64":false"#,
    r#""x":"\udfff""#,
    r#""zip":null"#,
];

/// A pseudo-random number generator: xorshift with a fixed seed, so that every run has the same cases.
pub(super) struct Numbers(pub(super) u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit as u64).expect("a small number")
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

/// Adds tokens with a valid signature, random claims and random headers.
pub(super) fn signed(cases: &mut Cases, numbers: &mut Numbers) {
    for _ in 0..2200 {
        let is_access = numbers.below(2) == 0;
        let mut claims: Vec<(String, String)> = claims(is_access)
            .as_object()
            .expect("an object")
            .iter()
            .map(|(name, value)| (name.clone(), value.to_string()))
            .collect();
        for _ in 0..=numbers.below(3) {
            let (name, value) = (*numbers.pick(NAMES), (*numbers.pick(VALUES)).to_owned());
            match numbers.below(4) {
                0 => claims.retain(|(known, _)| known != name),
                // A duplicate key, if the claims already contain it.
                1 => claims.push((name.to_owned(), value)),
                _ => match claims.iter_mut().find(|(known, _)| known == name) {
                    Some((_, known)) => *known = value,
                    None => claims.push((name.to_owned(), value)),
                },
            }
        }
        for index in (1..claims.len()).rev() {
            claims.swap(index, numbers.below(index + 1));
        }
        let space = *numbers.pick(&["", "", " ", "\n"]);
        let claims: Vec<_> = claims.iter().map(|(name, value)| format!("\"{name}\":{space}{value}")).collect();
        let payload = format!("{{{}}}", claims.join(&format!(",{space}")));
        let mut header = header().to_string();
        if numbers.below(6) == 0 {
            header = header.replacen('{', &format!("{{{},", numbers.pick(MEMBERS)), 1);
        }
        let client = (numbers.below(3) != 0).then(|| CLIENT.to_owned());
        let settings = Settings {
            pools: vec![(POOL.to_owned(), client), (OTHER_POOL.to_owned(), None)],
            is_access: if numbers.below(8) == 0 { !is_access } else { is_access },
            grace: *numbers.pick(&[0, 0, 1, 5]),
            groups: (numbers.below(4) == 0).then(|| vec!["admin".to_owned()]),
            scope: (numbers.below(4) == 0).then(|| vec!["files/read".to_owned()]),
            replicas: Vec::new(),
        };
        cases.add("signed, by chance", &settings, token(ACCESS, header, payload), None);
    }
}

/// Adds valid tokens with random changes of their text.
pub(super) fn changed(cases: &mut Cases, numbers: &mut Numbers) {
    const CHARACTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/. ";
    let tokens: Vec<_> = [true, false].map(|is_access| (Settings::new(is_access), mint(&claims(is_access)))).into();
    for _ in 0..2000 {
        let (settings, token) = numbers.pick(&tokens).clone();
        let mut bytes = token.clone().into_bytes();
        for _ in 0..=numbers.below(2) {
            let (at, character) = (numbers.below(bytes.len()), *numbers.pick(CHARACTERS));
            match numbers.below(6) {
                0..3 => bytes[at] = character,
                3 => bytes.insert(at, character),
                4 => drop(bytes.remove(at)),
                _ => {
                    let end = bytes.len() - numbers.below(8);
                    bytes.truncate(end);
                }
            }
        }
        let changed = String::from_utf8(bytes).expect("ASCII");
        if changed != token {
            cases.add("changed, by chance", &settings, changed, false);
        }
    }
}
