//! The signed operations on user pools and what belongs to them: the feature `admin-pools`.
// Written by `cargo x admin` from the service model; a test compares them.

mod branding;
mod cimd;
mod client_secrets;
mod clients;
mod domains;
mod identity_providers;
mod imports;
mod limits;
mod logs;
mod messages;
mod mfa;
mod recovery;
mod replicas;
mod resource_servers;
mod risk;
mod session_settings;
mod settings;
mod tags;
mod terms;
mod user_pools;

pub use branding::*;
pub use cimd::*;
pub use client_secrets::*;
pub use clients::*;
pub use domains::*;
pub use identity_providers::*;
pub use imports::*;
pub use limits::*;
pub use logs::*;
pub use messages::*;
pub use mfa::*;
pub use recovery::*;
pub use replicas::*;
pub use resource_servers::*;
pub use risk::*;
pub use session_settings::*;
pub use settings::*;
pub use tags::*;
pub use terms::*;
pub use user_pools::*;
