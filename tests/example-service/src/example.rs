//! What all examples have in common: their arguments, and the way to the service.

use crate::service::{self, Service};
use cognito_op::Client;
use std::collections::BTreeMap;
use std::error::Error as StdError;
use std::process::ExitCode;

pub type Outcome<T = ()> = Result<T, Box<dyn StdError>>;

const SECRET: &str = "COGNITO_CLIENT_SECRET";

/// An example, and whom it takes for its user where it talks to the stand-in.
pub struct Example {
    pub name: &'static str,
    /// What it does.
    pub about: &'static str,
    pub username: &'static str,
    /// If it signs in.
    pub password: Option<&'static str>,
    /// If it signs up.
    pub email: Option<&'static str>,
}

/// An argument of the command line, or a variable of the environment.
struct Argument {
    name: &'static str,
    value: &'static str,
    about: &'static str,
    /// What it is for the stand-in.
    stand_in: &'static str,
}

impl Example {
    fn arguments(&self) -> Vec<Argument> {
        let argument = |name, value, about, stand_in| Argument { name, value, about, stand_in };
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
            arguments.push(argument("--email", "ADDRESS", "where the code is sent to", email));
        }
        arguments
    }

    fn help(&self) {
        println!("{}\n", self.about);
        println!(
            "Without --endpoint or --region it talks to a stand-in of the service that it starts in its own process.\n"
        );
        let line = |name: &str, about: &str| println!("  {name:<19} {about}");
        line("--region REGION", "call Amazon Cognito in that region");
        line("--endpoint URL", "call a server at that URL, such as a local one");
        for Argument { name, value, about, .. } in self.arguments().iter().filter(|argument| !argument.about.is_empty())
        {
            line(&format!("{name} {value}"), about);
        }
        line("--serve", "start the stand-in, say where it is, and keep it running");
        line("--help", "say this");
    }

    fn serve(&self) -> Outcome {
        let service = Service::start()?;
        let endpoint = format!("http://{}", service.address);
        let (mut variables, mut options) = (String::new(), format!(" --endpoint {endpoint}"));
        println!("{:<15}{endpoint}", "endpoint");
        for Argument { name, stand_in, .. } in self.arguments() {
            let label = name.trim_start_matches("--").trim_start_matches("COGNITO_").to_lowercase();
            println!("{:<15}{stand_in}", label.replace(['-', '_'], " "));
            if name.starts_with("--") {
                options.extend([" ", name, " ", stand_in]);
            } else {
                variables.extend([name, "=", stand_in, " "]);
            }
        }
        println!("\nIn another terminal:\n");
        println!("    {variables}cargo run --example {} --{options}", self.name);
        println!("\nCtrl-C ends it.");
        for message in service.messages {
            println!("{message}");
        }
        Ok(())
    }
}

/// What an example was told.
pub struct Arguments {
    /// What can be given, and what it is for the stand-in.
    known: BTreeMap<&'static str, &'static str>,
    given: BTreeMap<String, String>,
}

impl Arguments {
    fn parse(example: &Example, mut words: impl Iterator<Item = String>) -> Result<Self, String> {
        let known: BTreeMap<_, _> =
            example.arguments().iter().map(|argument| (argument.name, argument.stand_in)).collect();
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

    /// Whether there is a server to talk to, beside the stand-in.
    fn server(&self) -> bool {
        self.given("--region").or(self.given("--endpoint")).is_some()
    }

    /// An argument, or a variable of the environment.
    pub fn get(&self, name: &str) -> Result<String, String> {
        let given = self.given(name).cloned();
        if self.server() {
            given.or_else(|| std::env::var(name).ok()).ok_or_else(|| format!("a server needs {name}"))
        } else {
            let stand_in = || self.known.get(name).map(|value| (*value).to_owned());
            given.or_else(stand_in).ok_or_else(|| format!("{name} is no argument of this example"))
        }
    }

    /// A client of the server, or of a stand-in that is started for it.
    pub fn connect(&self) -> Outcome<(Client, Option<Service>)> {
        let (mut builder, client_id) = (Client::builder(), self.get("--client-id")?);
        if !self.server() {
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

/// Does what the command line says.
pub async fn run(example: Example, story: impl AsyncFnOnce(Arguments) -> Outcome) -> ExitCode {
    let outcome = async {
        let arguments = Arguments::parse(&example, std::env::args().skip(1))?;
        if arguments.given("--help").is_some() {
            example.help();
        } else if arguments.given("--serve").is_some() {
            example.serve()?;
        } else {
            story(arguments).await?;
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
