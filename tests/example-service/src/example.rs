//! The command line of the examples and their connection to the service.

use crate::service::{self, Service};
use cognito_op::Client;
use std::collections::BTreeMap;
use std::error::Error as StdError;
use std::process::ExitCode;

pub type Outcome<T = ()> = Result<T, Box<dyn StdError>>;

const SECRET: &str = "COGNITO_CLIENT_SECRET";

/// An example and its default arguments for the emulator.
pub struct Example {
    pub name: &'static str,
    /// The description in the help text.
    pub about: &'static str,
    pub username: &'static str,
    /// The password, for an example that signs in.
    pub password: Option<&'static str>,
    /// The email address, for an example that signs up.
    pub email: Option<&'static str>,
}

/// A command-line argument or an environment variable.
struct Argument {
    name: &'static str,
    value: &'static str,
    about: &'static str,
    /// The default for the emulator.
    emulator: &'static str,
}

impl Example {
    fn arguments(&self) -> Vec<Argument> {
        let argument = |name, value, about, emulator| Argument { name, value, about, emulator };
        let client = "the app client's id (the app client's secret is read from COGNITO_CLIENT_SECRET)";
        let mut arguments = vec![
            argument("--client-id", "ID", client, service::CLIENT_ID),
            argument(SECRET, "", "", service::CLIENT_SECRET),
        ];
        if let Some(password) = self.password {
            let user = "the user's name (the password to sign in with is read from COGNITO_PASSWORD)";
            arguments.push(argument("--username", "NAME", user, self.username));
            arguments.push(argument("COGNITO_PASSWORD", "", "", password));
            arguments.push(argument("--user-pool-id", "ID", "the user pool's id", service::USER_POOL_ID));
        } else {
            arguments.push(argument("--username", "NAME", "the user's name", self.username));
        }
        if let Some(email) = self.email {
            arguments.push(argument("--email", "ADDRESS", "the address to which the code is sent", email));
        }
        arguments
    }

    fn help(&self) {
        println!("{}\n", self.about);
        println!(
            "Without --endpoint or --region, calls an emulator of the service, which runs in the process of the example.\n"
        );
        let line = |name: &str, about: &str| println!("  {name:<19} {about}");
        line("--region REGION", "call Amazon Cognito in that region");
        line("--endpoint URL", "call the server at that URL, for example a local one");
        for Argument { name, value, about, .. } in self.arguments().iter().filter(|argument| !argument.about.is_empty())
        {
            line(&format!("{name} {value}"), about);
        }
        line("--serve", "start the emulator, print its endpoint, and keep it running");
        line("--help", "print this help");
    }

    fn serve(&self) -> Outcome {
        let service = Service::start()?;
        let endpoint = format!("http://{}", service.address);
        let (mut variables, mut options) = (String::new(), format!(" --endpoint {endpoint}"));
        println!("{:<15}{endpoint}", "endpoint");
        for Argument { name, emulator, .. } in self.arguments() {
            let label = name.trim_start_matches("--").trim_start_matches("COGNITO_").to_lowercase();
            println!("{:<15}{emulator}", label.replace(['-', '_'], " "));
            if name.starts_with("--") {
                options.extend([" ", name, " ", emulator]);
            } else {
                variables.extend([name, "=", emulator, " "]);
            }
        }
        println!("{:<15}{}, {} (and an authenticator app)", "second user", service::WITH_APP, service::PASSWORD);
        println!("\nIn another terminal:\n");
        println!("    {variables}cargo run --example {} --{options}", self.name);
        println!("\nPress Ctrl-C to stop.");
        for message in service.messages {
            println!("{message}");
        }
        Ok(())
    }
}

/// The arguments of an example.
pub struct Arguments {
    /// The names of all arguments, and their defaults for the emulator.
    known: BTreeMap<&'static str, &'static str>,
    given: BTreeMap<String, String>,
}

impl Arguments {
    fn parse(example: &Example, mut words: impl Iterator<Item = String>) -> Result<Self, String> {
        let known: BTreeMap<_, _> =
            example.arguments().iter().map(|argument| (argument.name, argument.emulator)).collect();
        let mut given = BTreeMap::new();
        let value =
            |name: &str, next: Option<String>| next.ok_or_else(|| format!("`{name}` needs a value; see --help"));
        while let Some(word) = words.next() {
            let (name, value) = match word.as_str() {
                "--help" | "-h" => ("--help", String::new()),
                "--serve" => ("--serve", String::new()),
                name @ ("--region" | "--endpoint") => (name, value(name, words.next())?),
                name if name.starts_with("--") && known.contains_key(name) => (name, value(name, words.next())?),
                other => return Err(format!("unknown argument `{other}`; see --help")),
            };
            given.insert(name.to_owned(), value);
        }
        Ok(Self { known, given })
    }

    fn given(&self, name: &str) -> Option<&String> {
        self.given.get(name)
    }

    /// Returns whether the example calls a server instead of the emulator.
    fn uses_server(&self) -> bool {
        self.given("--region").or(self.given("--endpoint")).is_some()
    }

    /// Returns the value of an argument or an environment variable.
    pub fn get(&self, name: &str) -> Result<String, String> {
        let given = self.given(name).cloned();
        if self.uses_server() {
            given.or_else(|| std::env::var(name).ok()).ok_or_else(|| format!("{name} is required for a server"))
        } else {
            let emulator = || self.known.get(name).map(|value| (*value).to_owned());
            given.or_else(emulator).ok_or_else(|| format!("this example has no argument {name}"))
        }
    }

    /// Creates a client for the server, or starts the emulator and creates a client for it.
    pub fn connect(&self) -> Outcome<(Client, Option<Service>)> {
        let (mut builder, client_id) = (Client::builder(), self.get("--client-id")?);
        if !self.uses_server() {
            let service = Service::start()?;
            let endpoint = format!("http://{}", service.address);
            let client = builder.endpoint(endpoint).app_client(client_id, service::CLIENT_SECRET).build()?;
            return Ok((client, Some(service)));
        }
        if let Some(region) = self.given("--region") {
            builder = builder.region(region);
        }
        if let Some(endpoint) = self.given("--endpoint") {
            builder = builder.endpoint(endpoint);
        }
        let client = match std::env::var(SECRET) {
            Ok(secret) => builder.app_client(client_id, secret).build()?,
            Err(_) => builder.public_app_client(client_id).build()?,
        };
        Ok((client, None))
    }
}

/// Runs an example with the arguments on the command line.
pub async fn run(example: Example, body: impl AsyncFnOnce(Arguments) -> Outcome) -> ExitCode {
    let outcome = async {
        let arguments = Arguments::parse(&example, std::env::args().skip(1))?;
        if arguments.given("--help").is_some() {
            example.help();
        } else if arguments.given("--serve").is_some() {
            example.serve()?;
        } else {
            body(arguments).await?;
        }
        Outcome::Ok(())
    };
    match outcome.await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
