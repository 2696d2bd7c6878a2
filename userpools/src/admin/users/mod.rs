//! The signed operations on users, groups, devices and sessions: the feature `admin-users`.
// Written by `cargo x admin` from the service model; a test compares them.

mod accounts;
mod auth_events;
mod devices;
mod factors;
mod groups;
mod sessions;
mod sign_in;

pub use accounts::*;
pub use auth_events::*;
pub use devices::*;
pub use factors::*;
pub use groups::*;
pub use sessions::*;
pub use sign_in::*;
