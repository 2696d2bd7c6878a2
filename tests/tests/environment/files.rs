//! Generated profile files. This crate and botocore must read the same values from them.

use cognito_op::{Profile, Profiles};
use cognito_op_tests::calls::Random;
use cognito_op_tests_provision::{botocore, fresh_folder};
use serde_json::{Value, json};
use std::ffi::OsString;
use std::path::Path;

const FILES: usize = 2000;

/// Lines of a file. The first `FREQUENT` ones are valid in most places, and are picked more often.
const LINES: &[&str] = &[
    "key = 1",
    "KEY2=2",
    "key3 : 3 = 4",
    "empty =",
    "",
    "# text",
    "[default]",
    "[profile a]",
    "[profile 'b c'] ; text",
    "services = s",
    "[services s]",
    "sts =",
    "  nested = x",
    "\tnested=y = z",
    "   ",
    "  ; text",
    "[DEFAULT]",
    "[a]",
    "[profile \"q\\\"r\"]",
    "[profile d\\ e]",
    "[profile default]",
    "[sso-session s]",
    "key4 = a ; b",
    "    deeper",
    "é = ü",
    "  [profile f]",
    "[profile g]]",
    // Lines that are often or always errors
    "  nested",
    "[profile 'u]",
    "[profile]",
    "[",
    "[]",
    "x",
    "= 5",
    "\u{a0}key5 = 6",
];
const FREQUENT: u64 = 27;

fn file(random: &mut Random) -> String {
    let mut at = |end| usize::try_from(random.below(end)).expect("small");
    let end = ["\n", "\r\n"][at(2)];
    let mut text = String::from(if at(4) > 0 { "[default]\n" } else { "" });
    for _ in 0..at(9) {
        let among = if at(12) > 0 { FREQUENT } else { LINES.len() as u64 };
        text += LINES[at(among)];
        text += end;
    }
    text
}

fn load(config: &str, credentials: &str) -> Result<Profiles, String> {
    let variables =
        |name: &str| ["AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"].contains(&name).then(|| OsString::from(name));
    let read = |path: &Path| Ok(if path == Path::new("AWS_CONFIG_FILE") { config } else { credentials }.into());
    Profiles::load_with(variables, read).map_err(|error| error.to_string())
}

/// Compares the values of a profile. An empty or nested value counts as absent.
fn compare(profile: Profile<'_>, theirs: &Value, services: &Value, files: &str) {
    for (key, value) in theirs.as_object().expect("values") {
        let value = value.as_str().filter(|value| !value.is_empty());
        assert_eq!(profile.get(key), value, "{key} of {:?} in {files}", profile.name());
    }
    let section = theirs["services"].as_str().and_then(|name| services.get(name));
    for (service, values) in section.and_then(Value::as_object).into_iter().flatten() {
        for (key, value) in values.as_object().into_iter().flatten() {
            let value = value.as_str().filter(|value| !value.is_empty());
            assert_eq!(profile.service(service, key).expect("the section"), value, "{service} {key} in {files}");
        }
    }
}

#[test]
fn files_are_read_as_by_botocore() {
    let mut random = Random(20);
    // Each text is used once as the config file and once as the credentials file.
    let texts = (0..FILES / 2)
        .map(|_| file(&mut random))
        .flat_map(|text| [[text.clone(), String::new()], [String::new(), text]]);
    let texts: Vec<_> = texts.collect();
    let input = fresh_folder("profiles").join("files.json");
    std::fs::write(&input, json!(texts).to_string()).expect("target/peers can be written");
    let theirs = botocore().script("profiles.py", &[&input.display().to_string()]);
    let theirs = theirs.as_array().expect("a list");
    assert_eq!(theirs.len(), texts.len());
    let mut valid = 0;
    for ([config, credentials], theirs) in texts.iter().zip(theirs) {
        let files = format!("{config:?} {credentials:?}");
        let here = load(config, credentials);
        assert_eq!(here.is_err(), theirs.is_null(), "{files}: {here:?}");
        let Ok(here) = here else { continue };
        valid += 1;
        let profiles = theirs["profiles"].as_object().expect("profiles");
        let mut names: Vec<_> = profiles.keys().map(String::as_str).collect();
        names.sort_unstable();
        assert_eq!(here.names().collect::<Vec<_>>(), names, "{files}");
        for (name, values) in profiles {
            compare(here.profile(name).expect("a profile"), values, &theirs["services"], &files);
        }
    }
    assert!((FILES / 4..FILES * 3 / 4).contains(&valid), "{valid} of {FILES} files are valid");
}
