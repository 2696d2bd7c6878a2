//! The distinct patterns of the service model, compiled by the macro.

use cognito_op::{Pattern, Structure, cognito_shape};

include!(concat!(env!("OUT_DIR"), "/patterns.rs"));

pub(crate) fn patterns() -> Vec<Pattern> {
    Published::MEMBERS.iter().map(|member| member.constraints.pattern.expect("a pattern")).collect()
}
