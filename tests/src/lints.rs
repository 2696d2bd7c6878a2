//! The passing fixtures once more, under every lint that a user may deny. Clippy runs on this; trybuild does not run clippy.

#![deny(warnings, unreachable_pub, unused_qualifications, clippy::all, clippy::pedantic, clippy::nursery)]

#[path = "../ui/pass/design.rs"]
pub mod design;
#[path = "../ui/pass/lifetimes.rs"]
#[allow(missing_docs)]
pub mod lifetimes;
#[path = "../ui/pass/no_implicit_prelude.rs"]
#[allow(missing_docs)]
pub mod no_implicit_prelude;
#[path = "../ui/pass/types.rs"]
#[allow(missing_docs)]
pub mod types;
