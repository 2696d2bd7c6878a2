//! The settings of the back ends.
//!
//! Each back end contains all other code, even code that they have in common, such as the forms: a developer would have
//! to write it, so its lines are counted.

use std::env::{self, VarError};
use std::io;
use tokio::net::TcpListener;

/// The user pool and the app client.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The URL of the service.
    pub endpoint: String,
    pub region: String,
    pub user_pool: String,
    pub client_id: String,
    pub client_secret: String,
    /// The issuer of the tokens.
    pub issuer: String,
    /// The URL of the keys that verify the tokens.
    pub keys_url: String,
}

impl Settings {
    pub fn from_env() -> Result<Self, VarError> {
        let user_pool = env::var("COGNITO_USER_POOL")?;
        let region = user_pool.split('_').next().unwrap_or_default().to_owned();
        let endpoint = env::var("COGNITO_ENDPOINT")?;
        Ok(Self {
            issuer: format!("https://cognito-idp.{region}.amazonaws.com/{user_pool}"),
            keys_url: format!("{endpoint}/{user_pool}/.well-known/jwks.json"),
            endpoint,
            region,
            user_pool,
            client_id: env::var("COGNITO_CLIENT_ID")?,
            client_secret: env::var("COGNITO_CLIENT_SECRET")?,
        })
    }
}

/// Listens on the address in `LISTEN`, by default on any free port, and prints the URL.
pub async fn listen() -> io::Result<TcpListener> {
    let address = env::var("LISTEN").unwrap_or_else(|_| "127.0.0.1:0".to_owned());
    let listener = TcpListener::bind(address).await?;
    println!("http://{}", listener.local_addr()?);
    Ok(listener)
}
