//! The clients, which run the attempts of a call over a transport.

mod asynchronous;
mod attempts;
pub(crate) mod blocking;
mod builder;
mod call;
mod config;
mod endpoint;
mod environment;
mod retry;
mod trace;

pub use asynchronous::{CallFuture, Client, SendFuture};
pub use builder::Builder;
pub use call::Call;
pub use config::Config;
pub use retry::Retries;
