//! The clients, which run the attempts of a call over a transport.

mod asynchronous;
mod attempts;
pub(crate) mod blocking;
mod builder;
mod call;
mod config;
mod drive;
mod endpoint;
mod environment;
mod retry;
mod trace;

pub use asynchronous::Client;
pub use builder::Builder;
pub use call::Call;
pub use config::Config;
pub use drive::{CallFuture, SendFuture};
pub use retry::Retries;
