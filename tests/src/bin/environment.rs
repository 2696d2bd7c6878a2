//! Prints the settings that `from_env` reads from the environment of this process, as JSON. `--endpoint URL` sets the
//! endpoint in code.

use cognito_op::{Client, Config, Error, Retries, blocking};
use serde_json::json;

/// Returns the text of an error.
fn error<T>(result: Result<T, Error>) -> Option<String> {
    result.err().map(|error| error.to_string())
}

fn main() {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let mut builder = Config::builder().from_env();
    if let [option, url] = arguments.as_slice()
        && option == "--endpoint"
    {
        builder = builder.endpoint(url);
    }
    let clients = [error(Client::builder().from_env().build()), error(blocking::Client::builder().from_env().build())];
    let settings = match builder.build() {
        Ok(config) => {
            let attempts = (1..100).find(|count| config.retries() == Retries::standard().attempts(*count));
            let (endpoint, region) = (config.endpoint().to_string(), config.region());
            json!({"endpoint": endpoint, "region": region, "attempts": attempts, "clients": clients})
        }
        Err(error) => json!({"error": error.to_string(), "clients": clients}),
    };
    println!("{settings}");
}
