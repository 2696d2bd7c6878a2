//! The fixtures that compile, with every lint that a user may deny. They are modules of this crate so that Clippy
//! checks them. trybuild does not run Clippy.

#![deny(warnings, clippy::all, clippy::pedantic, clippy::nursery)]
#![deny(
    elided_lifetimes_in_paths,
    explicit_outlives_requirements,
    keyword_idents,
    let_underscore_drop,
    meta_variable_misuse,
    missing_copy_implementations,
    missing_debug_implementations,
    missing_docs,
    redundant_imports,
    redundant_lifetimes,
    single_use_lifetimes,
    trivial_casts,
    trivial_numeric_casts,
    unit_bindings,
    unnameable_types,
    unreachable_pub,
    unused_import_braces,
    unused_lifetimes,
    unused_macro_rules,
    unused_qualifications,
    unused_results,
    variant_size_differences
)]

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

/// Items whose own code satisfies Clippy's restriction lints, so that only the generated code could violate them.
pub mod restriction {
    #![deny(clippy::restriction)]
    #![allow(clippy::blanket_clippy_restriction_lints, reason = "generated code satisfies every lint")]

    use cognito_op::{cognito_op, cognito_shape};

    /// An operation with a lifetime, a secret hash and constraints.
    #[cognito_op(target = "ConfirmSignUp", response = Everything)]
    #[non_exhaustive]
    pub struct ConfirmSignUp<'request> {
        /// The app client's id.
        #[len]
        #[pattern]
        pub client_id: &'request str,
        /// The code.
        pub confirmation_code: String,
        /// Computed by the client.
        #[secret_hash]
        pub secret_hash: Option<String>,
        /// The user.
        #[unmodeled]
        pub user: Option<User>,
        /// The user's name.
        pub username: String,
    }

    /// A response with more members than the parameters that `clippy::too_many_arguments` allows.
    #[cognito_shape(ConfirmSignUpResponse, output)]
    #[non_exhaustive]
    pub struct Everything {
        /// A member.
        #[unmodeled]
        pub alpha: String,
        /// A member.
        #[unmodeled]
        pub bravo: String,
        /// A member.
        #[unmodeled]
        pub charlie: String,
        /// A member.
        #[unmodeled]
        pub delta: String,
        /// A member.
        #[unmodeled]
        pub echo: String,
        /// A member.
        #[unmodeled]
        pub foxtrot: String,
        /// A member.
        #[unmodeled]
        pub golf: String,
        /// A member.
        #[unmodeled]
        pub hotel: String,
    }

    /// An operation that returns a list in pages.
    #[cognito_op(target = "ListDevices", paginated)]
    #[non_exhaustive]
    pub struct ListDevices {
        /// The user's access token.
        pub access_token: String,
        /// The token of the page.
        pub pagination_token: Option<String>,
    }

    /// A page of the list.
    #[cognito_shape(output)]
    #[non_exhaustive]
    pub struct ListDevicesResponse {
        /// The devices.
        pub devices: Option<Vec<DeviceType>>,
        /// The token of the next page.
        pub pagination_token: Option<String>,
    }

    /// A device.
    #[cognito_shape(output)]
    #[non_exhaustive]
    pub struct DeviceType {
        /// The key of the device.
        pub device_key: Option<String>,
    }

    /// A shape for requests and responses.
    #[cognito_shape(unmodeled)]
    #[derive(Clone)]
    #[non_exhaustive]
    pub struct User {
        /// The user's color.
        pub color: Option<Color>,
        /// The user's number.
        pub number: i64,
    }

    /// A value.
    #[cognito_shape(unmodeled)]
    #[derive(Clone)]
    #[non_exhaustive]
    pub enum Color {
        /// Blue.
        Blue,
        /// A value that this version does not know.
        Other(String),
    }
}

/// `allow` and `expect` on a struct or a field apply to the generated code too.
pub mod allowed {
    #![allow(dead_code)]

    use cognito_op::cognito_shape;
    use std::collections::BTreeMap;

    /// A response that allows a lint.
    #[cognito_shape(output, unmodeled)]
    #[allow(clippy::type_complexity)]
    struct OnStruct<T> {
        /// A deep type.
        deep: BTreeMap<String, Vec<BTreeMap<String, Vec<BTreeMap<String, Vec<BTreeMap<String, Vec<T>>>>>>>>,
    }

    /// A response with a field that allows a lint.
    #[cognito_shape(output, unmodeled)]
    struct OnField<T> {
        /// A deep type.
        #[expect(clippy::type_complexity, reason = "the lint is expected once, on the field")]
        deep: BTreeMap<String, Vec<BTreeMap<String, Vec<BTreeMap<String, Vec<BTreeMap<String, Vec<T>>>>>>>>,
    }
}
