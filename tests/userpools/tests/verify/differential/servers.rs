//! Tokens that other servers issue.

use super::{Cases, HOUR, Settings};
use cognito_op_tests::peers::Peer;
use cognito_op_tests_provision::boto3;
use serde_json::Value;
use std::time::{SystemTime, UNIX_EPOCH};

/// The number of sign-ins in `tokens.py` by a member of the group `admin`. Their tokens come first.
const TOKENS_OF_ADMINISTRATORS: usize = 5;

/// Adds the tokens of a server, and variations of them.
pub(super) fn add_server_tokens(cases: &mut Cases, name: &str, server: &Peer) {
    let made = boto3().script("tokens.py", &[&server.url()]);
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let (pool, client) = (text(&made["pool"]), text(&made["client"]));
    cases.keys.insert(pool.clone(), made["keys"].to_string());
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_secs();
    let tokens = made["tokens"].as_array().expect("tokens");
    for (index, tokens) in tokens.iter().enumerate() {
        for is_access in [true, false] {
            let token = text(&tokens[if is_access { "access" } else { "id" }]);
            let settings = Settings::of_pool(&pool, Some(&client), is_access);
            let mut add = |class: &str, settings: &Settings, now: u64, token: String, accepted: bool| {
                cases.at(&format!("{name}: {class}"), settings, now * 1000, token, accepted);
            };
            add("valid", &settings, now, token.clone(), true);
            add("any app client", &Settings::of_pool(&pool, None, is_access), now, token.clone(), true);
            let groups = Settings { groups: Some(vec!["admin".to_owned()]), ..settings.clone() };
            add("a required group", &groups, now, token.clone(), index < TOKENS_OF_ADMINISTRATORS);
            add("the other use", &Settings::of_pool(&pool, Some(&client), !is_access), now, token.clone(), false);
            add("another app client", &Settings::of_pool(&pool, Some("other"), is_access), now, token.clone(), false);
            add("another pool", &Settings::new(is_access), now, token.clone(), false);
            add("expired", &settings, now + 365 * 24 * HOUR, token.clone(), false);
            for at in (0..token.len() - 1).step_by(token.len() / 15) {
                let mut bytes = token.clone().into_bytes();
                bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
                add("changed", &settings, now, String::from_utf8(bytes).expect("ASCII"), false);
            }
        }
    }
}
