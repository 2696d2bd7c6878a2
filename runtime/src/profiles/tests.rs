use super::*;

/// Reads files with the content of a config file and a credentials file.
fn load(config: &[u8], credentials: &[u8]) -> Result<Profiles, String> {
    load_with(&[("HOME", "/home/alice"), ("USERPROFILE", "/home/alice")], config, credentials)
}

fn load_with(variables: &[(&str, &str)], config: &[u8], credentials: &[u8]) -> Result<Profiles, String> {
    let variable = |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| value.into());
    let read = |path: &Path| match path.file_name().and_then(|name| name.to_str()) {
        Some("config") => Ok(config.to_vec()),
        Some("credentials") => Ok(credentials.to_vec()),
        _ => Err(io::ErrorKind::NotFound.into()),
    };
    Profiles::load_with(variable, read).map_err(|error| error.to_string())
}

/// Returns the value of a key in the profile `default` of a config file.
fn value(config: &str, key: &str) -> Option<String> {
    let profiles = load(config.as_bytes(), b"").expect(config);
    profiles.selected().expect("the default profile").get(key).map(str::to_owned)
}

fn error(config: &[u8]) -> String {
    load(config, b"").err().unwrap_or_else(|| panic!("{}", String::from_utf8_lossy(config)))
}

#[test]
fn names_of_profiles() {
    let config =
        b"[default]\n[profile a]\n[profile  'b c'] # text\n[profile \"d \\\" e\"]\n[f]\n[profile]\n[profile g h]\n\
        [profile 'i]\n[ profile j]\n[services k]\n[sso-session l]\n[profile m\\ n]\n[profile \"o\\p\"]\n[preview]\n";
    let credentials = b"[a]\n[x]\n[profile y]\n";
    let profiles = load(config, credentials).expect("valid files");
    let expected = ["a", "b c", "d \" e", "default", "m n", "o\\p", "profile y", "x"];
    assert_eq!(profiles.names().collect::<Vec<_>>(), expected);
    assert!(profiles.profile("x").is_some() && profiles.profile("f").is_none() && profiles.profile("k").is_none());
    assert_eq!(profiles.profile("b c").map(|profile| profile.name().to_owned()).as_deref(), Some("b c"));
}

#[test]
fn values() {
    for (config, expected) in [
        ("[default]\nkey = a b \n", Some("a b")),
        ("[default]\nKEY=a\n", Some("a")),
        ("[default]\nkey:a=b\n", Some("a=b")),
        ("[default]\nkey = a # b\n", Some("a # b")),
        ("[default]\r\nkey = a\r\n", Some("a")),
        ("\u{feff}[default]\nkey = a\n", Some("a")),
        ("# text\n; text\n\n[default]\n  key = a\n  other = b\n", Some("a")),
        ("[default]\nkey = a\n  b\n# c\n\n  d\n\n", Some("a\nb\n\nd")),
        ("[default] text\nkey = a", Some("a")),
        ("[default]\nkey =\n", None),
        ("[default]\nkey =\n\n\n", None),
        ("[default]\nkey =\n  a = b\n", None),
        ("[default]\nother = key = a\n", None),
        ("[default]\nkey = a\n[profile default]\nkey = b\n", Some("b")),
        ("[profile default]\nkey = a\n[default]\n", None),
        ("[DEFAULT]\nkey = a\n[default]\n", Some("a")),
        ("[DEFAULT]\nkey = a\n[default]\nkey = b\n", Some("b")),
        ("[DEFAULT]\nother = a\n[default]\n[DEFAULT]\nkey = b\n", Some("b")),
        ("[DEFAULT]\nkey = a\n", None),
        ("[profile other]\nkey = a\n", None),
        ("", None),
    ] {
        assert_eq!(value(config, "key").as_deref(), expected, "{config:?}");
    }
}

#[test]
fn invalid_files_are_errors_with_the_line() {
    for (config, line, why) in [
        (&b"key = a\n"[..], 1, "the line is in no section"),
        (b"\n[default]\nregion\n", 3, "neither `[section]` nor `key = value`"),
        (b"[default]\n= a\n", 2, "neither `[section]` nor `key = value`"),
        (b"[default]\n[]\n", 2, "neither `[section]` nor `key = value`"),
        (b"[default]\n[profile a\n", 2, "neither `[section]` nor `key = value`"),
        (b"[default]\n[a]\n[default]\n", 3, "the section occurs a second time"),
        (b"[default]\na = b\nA = c\n", 3, "the key occurs a second time in its section"),
        (b"[services a]\nsts =\n  endpoint_url\n", 3, "the nested line is not `key = value`"),
        (b"[default]\na = \xff\n", 2, "the file is not UTF-8"),
        (b"\xff\xfe[\0d\0", 1, "the file is not UTF-8"),
    ] {
        let message = error(config);
        let start = format!("{}, line {line}: ", Path::new("/home/alice").join(".aws/config").display());
        assert!(message.starts_with(&start) && message.ends_with(why), "{message}");
    }
    let error = load(b"", b"canary").expect_err("a broken credentials file");
    assert!(error.contains("credentials, line 1") && !error.contains("canary"), "{error}");
}

#[test]
fn a_file_that_is_too_large_is_an_error() {
    let read = |_: &Path| Err(io::Error::new(io::ErrorKind::FileTooLarge, "it is too large"));
    let config = |name: &str| (name == "AWS_CONFIG_FILE").then(|| "/config".into());
    let error = Profiles::load_with(config, read).expect_err("a large file").to_string();
    assert!(error.ends_with("/config: it is too large"), "{error}");
}

#[test]
fn values_of_both_files() {
    let config = b"[default]\nregion = eu-west-1\noutput = json\naws_access_key_id = config\n";
    let credentials = b"[default]\naws_access_key_id = credentials\nregion = us-east-1\noutput =\n";
    let profiles = load(config, credentials).expect("valid files");
    let profile = profiles.selected().expect("the default profile");
    assert_eq!((profile.get("region"), profile.get("output")), (Some("us-east-1"), Some("json")));
    assert_eq!(profile.in_config_file("aws_access_key_id"), Some("config"));
    assert_eq!(profile.in_credentials_file("aws_access_key_id"), Some("credentials"));
    assert!(profile.invalid("region", "must be").to_string().contains("credentials must be"));
    assert!(profile.invalid("missing", "must be").to_string().contains("config must be"));
}

#[test]
fn nested_keys_and_sections() {
    let config =
        b"[default]\nservices = all\nsso_session = work\n[services all]\nsts =\n  endpoint_url = https://one\n\
        # text\n\n  endpoint_url=https://two\n  empty =\nssm = text\n[sso-session work]\nsso_region = eu-west-1\n\
        [profile none]\n[profile dangling]\nservices = some\nsso_session = some\n";
    let profiles = load(config, b"").expect("valid files");
    let profile = profiles.selected().expect("the default profile");
    let service = |service, key| profile.service(service, key).expect("the section");
    assert_eq!(service("sts", "endpoint_url"), Some("https://two"));
    assert_eq!((service("sts", "empty"), service("sts", "Endpoint_url")), (None, None));
    assert_eq!((service("ssm", "endpoint_url"), service("sqs", "endpoint_url")), (None, None));
    assert_eq!(profile.sso_session("sso_region").expect("the section"), Some("eu-west-1"));
    let none = profiles.profile("none").expect("a profile");
    assert_eq!(none.service("sts", "endpoint_url").expect("no section"), None);
    let dangling = profiles.profile("dangling").expect("a profile");
    let error = dangling.sso_session("sso_region").expect_err("no such section").to_string();
    assert!(error.contains("the key `sso_session` of the profile `dangling` in "), "{error}");
    assert!(dangling.service("sts", "endpoint_url").is_err());
}

#[test]
fn selection() {
    let config = b"[profile a]\nkey = a\n[profile b]\nkey = b\n";
    for (variables, expected) in [
        (&[][..], Ok(None)),
        (&[("AWS_PROFILE", "a")], Ok(Some("a"))),
        (&[("AWS_DEFAULT_PROFILE", "b")], Ok(Some("b"))),
        (&[("AWS_PROFILE", "a"), ("AWS_DEFAULT_PROFILE", "b")], Ok(Some("b"))),
        (&[("AWS_PROFILE", "a"), ("AWS_DEFAULT_PROFILE", "")], Ok(Some("a"))),
        (
            &[("AWS_PROFILE", "default")],
            Err(
                "AWS_PROFILE: no profile `default`: /config has no section `[default]`, and /none has no section `[default]`",
            ),
        ),
        (&[("AWS_DEFAULT_PROFILE", "c\nd")], Err("no profile `c d`")),
    ] {
        let files = [("AWS_CONFIG_FILE", "/config"), ("AWS_SHARED_CREDENTIALS_FILE", "/none")];
        let profiles = load_with(&[variables, &files].concat(), config, b"").expect("valid files");
        match (profiles.selected(), expected) {
            (Ok(profile), Ok(expected)) => assert_eq!(profile.get("key"), expected, "{variables:?}"),
            (Err(error), Err(text)) => assert!(error.to_string().contains(text), "{error}"),
            (other, _) => panic!("{variables:?}: {other:?}"),
        }
    }
}

#[test]
fn paths() {
    let home = if cfg!(windows) { "USERPROFILE" } else { "HOME" };
    for (variables, config, credentials) in [
        (&[][..], None, None),
        (&[(home, "")], None, None),
        (&[(home, "/h")], Some("/h/.aws/config"), Some("/h/.aws/credentials")),
        (
            &[(home, "/h"), ("AWS_CONFIG_FILE", "~/c"), ("AWS_SHARED_CREDENTIALS_FILE", "")],
            Some("/h/c"),
            Some("/h/.aws/credentials"),
        ),
        (&[("AWS_CONFIG_FILE", "~/c"), ("AWS_SHARED_CREDENTIALS_FILE", "~bob/c")], None, Some("~bob/c")),
        (&[("AWS_CONFIG_FILE", "/c"), ("AWS_SHARED_CREDENTIALS_FILE", "c")], Some("/c"), Some("c")),
    ] {
        let profiles = load_with(variables, b"", b"").expect("no files");
        assert_eq!(profiles.config_file(), config.map(Path::new), "{variables:?}");
        assert_eq!(profiles.credentials_file(), credentials.map(Path::new), "{variables:?}");
    }
    let profiles = load_with(&[("AWS_PROFILE", "a")], b"", b"").expect("no files");
    let error = profiles.selected().expect_err("no home directory").to_string();
    assert!(
        error.starts_with("the environment variable AWS_PROFILE: no profile `a`: the home directory has"),
        "{error}"
    );
}

#[test]
fn debug_shows_no_value() {
    let profiles =
        load(b"[default]\nkey = canary\n[services canaries]\n", b"[x]\nkey = canary\n").expect("valid files");
    let shown = format!("{profiles:?} {:?}", profiles.profile("x"));
    assert!(shown.contains(r#"names: ["default", "x"]"#) && !shown.contains("canary"), "{shown}");
    assert!(shown.ends_with(r#"Some(Profile { name: "x", .. })"#), "{shown}");
}
