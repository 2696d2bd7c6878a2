use super::*;
use std::io::ErrorKind;

/// Adds an environment: its variables, and the files to which they refer.
fn with(builder: Builder<Config>, variables: &[(&str, &str)], files: &[(&str, &str)]) -> Builder<Config> {
    let variable = |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| value.into());
    let profiles = Profiles::load_with(variable, |path| {
        let file = files.iter().find(|(name, _)| path == *name);
        file.map(|(_, text)| text.as_bytes().to_vec()).ok_or(ErrorKind::NotFound.into())
    });
    builder.with_environment(&variable, profiles, None)
}

fn build(variables: &[(&str, &str)], files: &[(&str, &str)]) -> Result<Config, String> {
    with(Config::builder(), variables, files).build().map_err(|error| error.to_string())
}

fn endpoint(builder: Builder<Config>, variables: &[(&str, &str)]) -> Result<String, String> {
    let config = with(builder, variables, &[]).build();
    config.map(|config| config.endpoint.to_string()).map_err(|error| error.to_string())
}

#[test]
fn settings_from_the_environment() {
    let none = Config::builder;
    let url = |url: &str| Ok(url.to_owned());
    assert_eq!(endpoint(none(), &[("AWS_REGION", "eu-west-1")]), url("https://cognito-idp.eu-west-1.amazonaws.com/"));
    assert_eq!(
        endpoint(none(), &[("AWS_REGION", "eu-west-1"), ("AWS_USE_FIPS_ENDPOINT", "TRUE")]),
        url("https://cognito-idp-fips.eu-west-1.amazonaws.com/")
    );
    assert_eq!(
        endpoint(none(), &[("AWS_REGION", "us-gov-west-1"), ("AWS_USE_DUALSTACK_ENDPOINT", "true")]),
        url("https://cognito-idp.us-gov-west-1.api.aws/")
    );
    let both = [
        ("AWS_ENDPOINT_URL", "https://all.example.com"),
        ("AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER", "https://cognito.example.com"),
    ];
    assert_eq!(endpoint(none(), &both), url("https://cognito.example.com/"));
    assert_eq!(endpoint(none(), &both[..1]), url("https://all.example.com/"));
    // Settings of the program take precedence, and empty variables count as unset.
    let set = none().region("eu-west-1");
    assert_eq!(
        endpoint(set, &[("AWS_REGION", "us-east-1"), ("AWS_ENDPOINT_URL", ""), ("AWS_USE_FIPS_ENDPOINT", "false")]),
        url("https://cognito-idp.eu-west-1.amazonaws.com/")
    );
    let set = none().region("eu-west-1").fips(false).dual_stack(false);
    assert_eq!(
        endpoint(set, &[("AWS_USE_FIPS_ENDPOINT", "true"), ("AWS_USE_DUALSTACK_ENDPOINT", "perhaps")]),
        url("https://cognito-idp.eu-west-1.amazonaws.com/")
    );
}

#[test]
fn region_variables() {
    let uri = |region: &str| Ok(format!("https://cognito-idp.{region}.amazonaws.com/"));
    let variables = [("AWS_DEFAULT_REGION", "eu-west-1"), ("AWS_REGION", "us-west-2")];
    assert_eq!(endpoint(Config::builder(), &variables), uri("us-west-2"));
    assert_eq!(endpoint(Config::builder(), &variables[..1]), uri("eu-west-1"));
    assert_eq!(endpoint(Config::builder(), &[variables[0], ("AWS_REGION", "")]), uri("eu-west-1"));
    assert_eq!(endpoint(Config::builder().region("eu-west-3"), &variables), uri("eu-west-3"));
}

#[test]
fn user_info_is_not_shown() {
    let set = Config::builder().endpoint("https://alice:canary@example.com");
    let variables = [("AWS_ENDPOINT_URL", "https://alice:canary@example.com")];
    for builder in [set, with(Config::builder(), &variables, &[])] {
        assert!(!format!("{builder:?}").contains("canary"), "{builder:?}");
        let error = builder.build().expect_err("user info");
        assert!(!format!("{error:?} {error} {}", error.report()).contains("canary"), "{error:?}");
    }
}

#[test]
#[cfg(feature = "proxy")]
fn proxies() {
    let variables = [("HTTPS_PROXY", "http://alice:canary@env.example.com:3128")];
    let url = "https://example.com".parse().unwrap();
    let proxy = |mut builder: Builder<Config>| {
        let (proxies, _) = builder.proxies.take()?;
        proxies.unwrap().find(&url).unwrap().map(ToString::to_string)
    };
    let own = "http://alice:canary@own.example.com:3128";
    assert_eq!(proxy(Config::builder()), None);
    let env = || with(Config::builder(), &variables, &[]);
    assert_eq!(proxy(env()).unwrap(), "http://env.example.com:3128");
    assert_eq!(proxy(env().proxy(own)).unwrap(), "http://own.example.com:3128");
    assert_eq!(proxy(with(Config::builder().proxy(own), &variables, &[])).unwrap(), "http://own.example.com:3128");
    assert_eq!(proxy(env().no_proxy()), None);
    assert_eq!(proxy(with(Config::builder().no_proxy(), &variables, &[])), None);
    let shown = format!("{:?}", env().proxy(own));
    assert!(shown.contains("own.example.com") && !shown.contains("canary"), "{shown}");

    // Only `build` of a client uses them.
    let region = |builder: Builder<Config>| builder.region("eu-west-1").build();
    assert!(region(env()).is_ok() && region(env().no_proxy()).is_ok());
    assert!(region(env().proxy(own)).unwrap_err().to_string().contains("set the proxies of the transport"));
    let socks = region(Config::builder().proxy("socks5://alice:canary@example.com")).unwrap_err();
    assert!(socks.to_string().contains("the proxy is a SOCKS proxy, which is not supported"), "{socks:?}");
    assert!(!format!("{socks:?} {socks}").contains("canary"));
}

#[test]
fn ignored_endpoint_variables() {
    let of_region = Ok("https://cognito-idp.eu-west-1.amazonaws.com/".to_owned());
    let of_service = Ok("https://cognito.example.com/".to_owned());
    let with = |builder, ignored: &str| {
        let endpoints = [
            ("AWS_REGION", "eu-west-1"),
            ("AWS_ENDPOINT_URL", "https://all.example.com"),
            ("AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER", "https://cognito.example.com"),
            ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", ignored),
        ];
        endpoint(builder, &endpoints)
    };
    for (ignored, expected) in
        [("true", &of_region), ("True", &of_region), ("FALSE", &of_service), ("false", &of_service), ("", &of_service)]
    {
        assert_eq!(with(Config::builder(), ignored), *expected, "{ignored}");
    }
    // It applies to the variables only.
    let own = || Config::builder().endpoint("https://own.example.com");
    assert_eq!(with(own(), "true"), Ok("https://own.example.com/".to_owned()));
    let error = with(Config::builder(), "1").expect_err("an error");
    assert!(error.contains("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS must be `true` or `false`"), "{error}");
    let fips = [
        ("AWS_REGION", "eu-west-1"),
        ("AWS_USE_FIPS_ENDPOINT", "true"),
        ("AWS_ENDPOINT_URL", "https://all.example.com"),
        ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true"),
    ];
    let uri = "https://cognito-idp-fips.eu-west-1.amazonaws.com/";
    assert_eq!(endpoint(Config::builder(), &fips), Ok(uri.to_owned()));
}

#[test]
fn invalid_environment_variables() {
    for (variables, text) in [
        (&[("AWS_REGION", "a@evil.example/")][..], "the environment variable AWS_REGION: the region must consist"),
        (&[("AWS_REGION", "eu-west-1"), ("AWS_USE_FIPS_ENDPOINT", "yes")], "AWS_USE_FIPS_ENDPOINT must be"),
        (&[("AWS_ENDPOINT_URL", "https://x.example"), ("AWS_USE_FIPS_ENDPOINT", "true")], "no FIPS or dual-stack"),
        (&[("AWS_ENDPOINT_URL", "http://x.example")], "the environment variable AWS_ENDPOINT_URL: "),
        (&[("AWS_ENDPOINT_URL", "http://x.example")], "unencrypted"),
        (&[("AWS_MAX_ATTEMPTS", "0")], "the environment variable AWS_MAX_ATTEMPTS must be a number from 1"),
        (&[("AWS_MAX_ATTEMPTS", "three")], "the environment variable AWS_MAX_ATTEMPTS must be a number from 1"),
        (&[], "no region: set AWS_REGION or the key `region` of a profile, or call `region` or `endpoint`"),
    ] {
        let error = endpoint(Config::builder(), variables).expect_err("an error");
        assert!(error.contains(text), "{error}");
    }
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStringExt as _;
        for name in ["AWS_REGION", "AWS_PROFILE"] {
            let odd = |known: &str| (known == name).then(|| OsString::from_vec(vec![0xff]));
            let profiles = Profiles::load_with(odd, |_| Ok(Vec::new()));
            let error = Config::builder().with_environment(&odd, profiles, None).build().expect_err("an error");
            assert_eq!(error.to_string(), format!("the environment variable {name} is not Unicode"));
        }
    }
}

const FILES: [(&str, &str); 2] = [("/config", CONFIG), ("/credentials", CREDENTIALS)];
const CONFIG: &str = "[default]
region = eu-west-1
max_attempts = 5
[profile local]
region = us-west-2
services = emulators
endpoint_url = https://all.example.com
[services emulators]
cognito_identity_provider =
  endpoint_url = https://cognito.example.com
[profile fips]
region = us-gov-west-1
use_fips_endpoint = true
use_dualstack_endpoint = True
[profile dangling]
region = eu-west-1
services = missing
[profile ignoring]
region = eu-west-1
endpoint_url = https://all.example.com
ignore_configured_endpoint_urls = true
[profile wrong]
region = eu-west-1
use_fips_endpoint = yes
[profile far]
region = Canary!
[profile gateway]
endpoint_url = https://alice:canary@example.com
[profile home]
region = eu-west-1 # canary
[profile away]
endpoint_url = https://cognito.example.com\t; canary
[profile switched]
region = eu-west-1
use_fips_endpoint = true # canary
[profile emulated]
services = commented
[services commented]
cognito_identity_provider =
  endpoint_url = http://localhost:9229 # canary
";
const CREDENTIALS: &str = "[both]
region = eu-central-1
[default]
aws_secret_access_key = canary
";

fn of_profile(profile: &str, variables: &[(&str, &str)]) -> Result<Config, String> {
    let files = [("AWS_CONFIG_FILE", "/config"), ("AWS_SHARED_CREDENTIALS_FILE", "/credentials")];
    build(&[&files[..], &[("AWS_PROFILE", profile)], variables].concat(), &FILES)
}

#[test]
fn settings_of_a_profile() {
    for (profile, variables, url) in [
        ("", &[][..], "https://cognito-idp.eu-west-1.amazonaws.com/"),
        ("default", &[("AWS_REGION", "us-east-1")], "https://cognito-idp.us-east-1.amazonaws.com/"),
        ("both", &[], "https://cognito-idp.eu-central-1.amazonaws.com/"),
        ("default", &[("AWS_DEFAULT_PROFILE", "both")], "https://cognito-idp.eu-central-1.amazonaws.com/"),
        ("local", &[], "https://cognito.example.com/"),
        ("local", &[("AWS_ENDPOINT_URL", "https://var.example.com")], "https://var.example.com/"),
        ("local", &[("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true")], "https://cognito-idp.us-west-2.amazonaws.com/"),
        ("fips", &[], "https://cognito-idp-fips.us-gov-west-1.api.aws/"),
        ("fips", &[("AWS_USE_FIPS_ENDPOINT", "false")], "https://cognito-idp.us-gov-west-1.api.aws/"),
        ("ignoring", &[], "https://cognito-idp.eu-west-1.amazonaws.com/"),
        ("ignoring", &[("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "false")], "https://all.example.com/"),
        ("dangling", &[("AWS_ENDPOINT_URL", "https://var.example.com")], "https://var.example.com/"),
    ] {
        let config = of_profile(profile, variables).expect(profile);
        assert_eq!(config.endpoint().to_string(), url, "{profile} {variables:?}");
    }
    let attempts = |profile, variables: &[_]| of_profile(profile, variables).expect("a configuration").retries();
    assert_eq!(attempts("default", &[]), Retries::standard().attempts(5));
    assert_eq!(attempts("default", &[("AWS_MAX_ATTEMPTS", " 1 ")]), Retries::off());
    assert_eq!(attempts("both", &[]), Retries::standard());
    // The program takes precedence over the profile.
    let builder = Config::builder().region("us-east-2").retries(Retries::off());
    let variables = [("AWS_CONFIG_FILE", "/config"), ("AWS_PROFILE", "fips")];
    let config = with(builder, &variables, &FILES).fips(false).build().expect("a configuration");
    assert_eq!(config.endpoint(), "https://cognito-idp.us-east-2.amazonaws.com/");
    assert_eq!((config.region(), config.retries()), (Some("us-east-2"), Retries::off()));
}

#[test]
fn the_profile_of_the_program() {
    let variables = [("AWS_CONFIG_FILE", "/config"), ("AWS_PROFILE", "missing")];
    let build = |name: &str| {
        let variable = |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| value.into());
        let profiles = Profiles::load_with(variable, |_| Ok(CONFIG.into()));
        let config = Config::builder().with_environment(&variable, profiles, Some(name)).build();
        config.map(|config| config.endpoint().to_string()).map_err(|error| error.to_string())
    };
    assert_eq!(build("local"), Ok("https://cognito.example.com/".to_owned()));
    let error = "no profile `none `: /config has no section `[profile none ]`, and the home directory has no \
        section `[none ]`";
    assert_eq!(build("none\n"), Err(error.to_owned()));
}

#[test]
fn invalid_profiles_are_errors_without_values() {
    for (profile, text) in [
        (
            "none",
            "the environment variable AWS_PROFILE: no profile `none`: /config has no section `[profile none]`, and \
             /credentials has no section `[none]`",
        ),
        (
            "dangling",
            "the key `services` of the profile `dangling` in /config refers to a section `services` that /config lacks",
        ),
        ("wrong", "the key `use_fips_endpoint` of the profile `wrong` in /config must be `true` or `false`"),
        ("far", "the key `region` of the profile `far` in /config: the region must consist"),
        ("gateway", "the key `endpoint_url` of the profile `gateway` in /config: the endpoint must be a URL"),
    ] {
        let error = of_profile(profile, &[]).expect_err(profile);
        assert!(error.starts_with(text) && !error.to_lowercase().contains("canary"), "{error}");
        assert!(!error.contains("comment"), "{error}");
    }
    for (profile, text) in [
        (
            "home",
            "the key `region` of the profile `home` in /config (its value contains ` #`; a comment needs a \
            line of its own): the region must consist",
        ),
        (
            "away",
            "the key `endpoint_url` of the profile `away` in /config (its value contains ` ;`; a comment \
            needs a line of its own): the endpoint must be a URL",
        ),
        (
            "switched",
            "the key `use_fips_endpoint` of the profile `switched` in /config (its value contains ` #`; \
            a comment needs a line of its own) must be `true` or `false`",
        ),
        (
            "emulated",
            "the key `services` of the profile `emulated` in /config, section `cognito_identity_provider`, \
            key `endpoint_url` (its value contains ` #`; a comment needs a line of its own): the endpoint must",
        ),
    ] {
        let error = of_profile(profile, &[]).expect_err(profile);
        assert!(error.starts_with(text) && !error.contains("canary"), "{error}");
    }
    let broken = [("/config", "[default]\nregion = eu-west-1\nCanary\n")];
    let error = build(&[("AWS_CONFIG_FILE", "/config")], &broken).expect_err("a broken file");
    assert_eq!(error, "/config, line 3: the line is neither `[section]` nor `key = value`");
    let builder = with(Config::builder().region("eu-west-1"), &[("AWS_CONFIG_FILE", "/config")], &FILES);
    assert!(!format!("{builder:?}").contains("canary"), "{builder:?}");
}
