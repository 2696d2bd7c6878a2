#![doc = include_str!("../guide/index.md")]

#[doc = include_str!("../guide/operations.md")]
pub mod operations {}

#[doc = include_str!("../guide/constraints.md")]
pub mod constraints {}

#[doc = include_str!("../guide/errors.md")]
pub mod errors {}

#[doc = include_str!("../guide/retries.md")]
pub mod retries {}

#[doc = include_str!("../guide/secrets.md")]
pub mod secrets {}

#[doc = include_str!("../guide/testing.md")]
pub mod testing {}

#[doc = include_str!("../guide/blocking.md")]
pub mod blocking {}

#[doc = include_str!("../guide/transports.md")]
pub mod transports {}

#[doc = include_str!("../guide/signed.md")]
pub mod signed {}

#[doc = include_str!("../guide/moving.md")]
pub mod moving {}

#[cfg_attr(doc, doc = include_str!("../guide/charts.md"))]
#[doc = include_str!("../guide/costs.md")]
pub mod costs {}
