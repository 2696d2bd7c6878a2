//! The published service model of Amazon Cognito user pools, and the rendering of its shapes as Rust source.
//!
//! [`SERVICE`] contains the operations and shapes of the public service description, with an overlay of facts that the
//! description lacks. The attributes of [`cognito-op`](https://docs.rs/cognito-op) check structs against it, and
//! [`cognito-op-cli`](https://crates.io/crates/cognito-op-cli) prints structs from it. [`source`] renders shapes as Rust
//! source with the attributes of `cognito-op`.
//!
//! ```
//! use cognito_op_model::{SERVICE, source};
//!
//! let sign_up = SERVICE.operation("SignUp").unwrap();
//! assert!(sign_up.unsigned);
//!
//! let input = sign_up.input.unwrap();
//! let username = input.member("username").unwrap();
//! assert!(username.required);
//! assert_eq!(username.shape().unwrap().max, Some(128));
//! assert_eq!(source::field(&username, "pub ", None), "pub username: String");
//! ```

mod docs;
mod names;
mod overlay;
pub mod source;
mod suggestion;
mod table;

pub use names::{fold, pascal_case, snake_case, variant_case};
pub use suggestion::{did_you_mean, nearest};
pub use table::{AutoFill, Entry, Kind, Member, Model, Operation, Pagination, SERVICE, Shape};
