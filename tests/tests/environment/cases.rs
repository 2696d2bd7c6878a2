//! The environments that are tested.

/// Environment variables, and the files in the home directory. `FOLDER` in a value is replaced by the home directory.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) variables: &'static [(&'static str, &'static str)],
    pub(crate) config: Option<&'static [u8]>,
    pub(crate) credentials: Option<&'static [u8]>,
    /// The reason why the settings differ from those of botocore, and a text that they contain.
    pub(crate) differs: Option<(&'static str, &'static str)>,
}

impl Case {
    const fn new(name: &'static str, variables: &'static [(&'static str, &'static str)]) -> Self {
        Self { name, variables, config: None, credentials: None, differs: None }
    }

    const fn config(self, text: &'static str) -> Self {
        self.bytes(text.as_bytes())
    }

    const fn bytes(self, text: &'static [u8]) -> Self {
        Self { config: Some(text), ..self }
    }

    const fn credentials(self, text: &'static str) -> Self {
        Self { credentials: Some(text.as_bytes()), ..self }
    }

    const fn differs(self, why: &'static str, here: &'static str) -> Self {
        Self { differs: Some((why, here)), ..self }
    }
}

const REGION: (&str, &str) = ("AWS_DEFAULT_REGION", "eu-west-1");
const ALL: (&str, &str) = ("AWS_ENDPOINT_URL", "https://all.example.com");
const SERVICE: (&str, &str) = ("AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER", "https://cognito.example.com");
const A: (&str, &str) = ("AWS_PROFILE", "a");

const SERVICES: &str = "[profile a]
region = eu-west-2
services = s
endpoint_url = https://profile.example.com
[services s]
s3 =
  endpoint_url = https://s3.example.com
cognito_identity_provider =
  other = x
  endpoint_url = https://services.example.com
";
const NO_SERVICES: &str = "[profile a]\nregion = eu-west-2\nservices = s\n";
const IGNORING: &str =
    "[default]\nignore_configured_endpoint_urls = True\nendpoint_url = https://profile.example.com\n";
const GOV: &str = "[default]\nregion = us-gov-west-1\nuse_fips_endpoint = true\nuse_dualstack_endpoint = true\n";
const ATTEMPTS: &str = "[default]\nregion = eu-west-2\nmax_attempts = 7\n";

pub(crate) const CASES: &[Case] = &[
    // Regions
    Case::new("the default region", &[REGION]),
    Case::new("the region", &[REGION, ("AWS_REGION", "us-west-2")])
        .differs("unlike the other SDKs, botocore does not read AWS_REGION", "us-west-2"),
    Case::new("no region", &[]),
    Case::new("a region that is none", &[("AWS_DEFAULT_REGION", "eu_west_1/")]),
    Case::new("the region of a profile", &[]).config("[default]\nregion = eu-west-2\n"),
    Case::new("a variable before a profile", &[REGION]).config("[default]\nregion = eu-west-2\n"),
    Case::new("an empty variable before a profile", &[("AWS_DEFAULT_REGION", "")])
        .config("[default]\nregion = eu-west-2\n")
        .differs("an empty variable counts as not set", "eu-west-2"),
    // Profiles
    Case::new("a named profile", &[A]).config("[default]\nregion = eu-west-1\n[profile a]\nregion = eu-west-2\n"),
    Case::new("two variables for the profile", &[A, ("AWS_DEFAULT_PROFILE", "b")])
        .config("[profile a]\nregion = eu-west-1\n[profile b]\nregion = eu-west-2\n"),
    Case::new("a profile without the prefix", &[A, REGION]).config("[a]\nregion = eu-west-2\n"),
    Case::new("a profile that does not exist", &[A, REGION]).config("[default]\n"),
    Case::new("the default profile, which does not exist", &[("AWS_PROFILE", "default"), REGION]),
    Case::new("a profile of the credentials file", &[A]).credentials("[a]\nregion = eu-west-2\n"),
    Case::new("a profile of both files", &[A])
        .config("[profile a]\nregion = eu-west-1\nmax_attempts = 2\n")
        .credentials("[a]\nregion = eu-west-2\naws_secret_access_key = canary\n"),
    Case::new("a prefix in the credentials file", &[A, REGION]).credentials("[profile a]\nregion = eu-west-2\n"),
    Case::new("a quoted name", &[("AWS_PROFILE", "a b")]).config("[profile 'a b']\nregion = eu-west-2\n"),
    Case::new("a name with an escaped quote", &[("AWS_PROFILE", "a\"b")])
        .config("[profile \"a\\\"b\"]\nregion = eu-west-2\n"),
    Case::new("a quote that is not closed", &[REGION, A]).config("[profile 'a]\nregion = eu-west-2\n"),
    Case::new("two sections of a profile", &[])
        .config("[default]\nregion = eu-west-1\n[profile default]\nregion = eu-west-2\n"),
    // Files
    Case::new("another config file", &[("AWS_CONFIG_FILE", "FOLDER/other")]).config("[default]\nregion = eu-west-2\n"),
    Case::new("a config file in the home directory", &[("AWS_CONFIG_FILE", "~/.aws/credentials")])
        .config("[default]\nregion = eu-west-1\n")
        .credentials("[default]\nregion = eu-west-2\n"),
    Case::new("another credentials file", &[("AWS_SHARED_CREDENTIALS_FILE", "FOLDER/.aws/config")])
        .config("[default]\nregion = eu-west-2\n")
        .credentials("[default]\nregion = eu-west-1\n"),
    Case::new("a folder as the config file", &[("AWS_CONFIG_FILE", "FOLDER"), REGION]),
    // The format
    Case::new("line breaks of Windows", &[]).config("[default]\r\nregion = eu-west-2\r\nmax_attempts=2\r\n"),
    Case::new("a byte order mark", &[])
        .config("\u{feff}[default]\nregion = eu-west-2\n")
        .differs("botocore rejects a byte order mark, which editors on Windows write", "eu-west-2"),
    Case::new("keys in upper case, and colons", &[]).config("[default]\nREGION: eu-west-2\nMax_Attempts:4\n"),
    Case::new("comments", &[]).config("# a\n; b\n[default] # c\n# d\nregion = eu-west-2\n   ; e\n"),
    Case::new("a comment after a value", &[]).config("[default]\nregion = eu-west-2 # here\n"),
    Case::new("indented keys", &[]).config("  [default]\n  region = eu-west-2\n  max_attempts = 2\n"),
    Case::new("a value on two lines", &[]).config("[default]\nregion = eu\n  -west-2\n"),
    Case::new("values for all sections", &[]).config("[DEFAULT]\nregion = eu-west-2\n[default]\nmax_attempts = 2\n"),
    Case::new("a nested region", &[REGION]).config("[default]\ns3 =\n  region = eu-west-2\n"),
    Case::new("a section twice", &[REGION]).config("[default]\n[profile a]\n[default]\n"),
    Case::new("a key twice", &[REGION]).config("[default]\nregion = eu-west-2\nregion = eu-west-2\n"),
    Case::new("a key before the sections", &[REGION]).config("aws_secret_access_key = canary\n"),
    Case::new("a line that is no pair", &[REGION]).config("[default]\ncanary\n"),
    Case::new("a section that is not closed", &[REGION]).config("[default\n"),
    Case::new("a nested line that is no pair", &[REGION]).config("[default]\ns3 =\n  canary\n"),
    Case::new("a line of a credentials file that is no pair", &[REGION]).credentials("[default]\ncanary\n"),
    Case::new("a file in another encoding", &[REGION]).bytes(b"[default]\nname = \xe9\n"),
    // Endpoints
    Case::new("the endpoint of all services", &[REGION, ALL]),
    Case::new("the endpoint of the service", &[REGION, ALL, SERVICE]),
    Case::new("an endpoint without a region", &[ALL])
        .differs("a custom endpoint replaces the region", "https://all.example.com/"),
    Case::new("the section of services", &[A]).config(SERVICES),
    Case::new("a variable before the section of services", &[A, ALL]).config(SERVICES),
    Case::new("a section of services that does not exist", &[A]).config(NO_SERVICES),
    Case::new("a section of services that is not needed", &[A, ALL]).config(NO_SERVICES),
    Case::new("the endpoint of a profile", &[REGION]).config("[default]\nendpoint_url = https://profile.example.com\n"),
    Case::new("ignored variables", &[REGION, ALL, SERVICE, ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "TRUE")]),
    Case::new("an ignored profile", &[REGION]).config(IGNORING),
    Case::new("variables that a profile ignores", &[REGION, ALL]).config(IGNORING),
    Case::new("a variable that keeps the profile", &[REGION, ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "false")])
        .config(IGNORING),
    Case::new("an endpoint on this machine", &[REGION, ("AWS_ENDPOINT_URL", "http://127.0.0.1:4566")]),
    Case::new("an unencrypted endpoint", &[REGION, ("AWS_ENDPOINT_URL", "http://cognito.example.com")])
        .differs("plain HTTP is accepted for loopback addresses only", "the environment variable AWS_ENDPOINT_URL: "),
    Case::new("FIPS", &[REGION, ("AWS_USE_FIPS_ENDPOINT", "true")]),
    Case::new("FIPS and dual-stack of a profile", &[]).config(GOV),
    Case::new("FIPS that a variable turns off", &[("AWS_USE_FIPS_ENDPOINT", "false")]).config(GOV),
    Case::new("dual-stack in China", &[("AWS_DEFAULT_REGION", "cn-north-1"), ("AWS_USE_DUALSTACK_ENDPOINT", "True")]),
    Case::new("FIPS with an endpoint", &[REGION, ALL, ("AWS_USE_FIPS_ENDPOINT", "true")])
        .differs("the published endpoint rules reject this combination; botocore ignores FIPS", "has no FIPS"),
    Case::new("a switch that is none", &[REGION, ("AWS_USE_FIPS_ENDPOINT", "yes")])
        .differs("botocore reads any other value as `false`", "AWS_USE_FIPS_ENDPOINT must be `true` or `false`"),
    // Retries
    Case::new("attempts", &[REGION, ("AWS_MAX_ATTEMPTS", "5")]),
    Case::new("one attempt", &[REGION, ("AWS_MAX_ATTEMPTS", "1")]),
    Case::new("no attempt", &[REGION, ("AWS_MAX_ATTEMPTS", "0")]),
    Case::new("a number of attempts that is none", &[REGION, ("AWS_MAX_ATTEMPTS", "many")]),
    Case::new("attempts of a profile", &[]).config(ATTEMPTS),
    Case::new("attempts of a variable before those of a profile", &[("AWS_MAX_ATTEMPTS", "2")]).config(ATTEMPTS),
    Case::new("the retry mode `adaptive`", &[REGION, ("AWS_RETRY_MODE", "adaptive")]),
    Case::new("the retry mode `legacy`", &[REGION, ("AWS_RETRY_MODE", "legacy")])
        .differs("the client has only the standard retry mode", "\"attempts\":3"),
];
