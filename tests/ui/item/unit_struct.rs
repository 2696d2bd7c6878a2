use cognito_op::{cognito_op, cognito_shape};

#[cognito_op(target = "GlobalSignOut")]
struct GlobalSignOut;

#[cognito_shape]
struct AnalyticsMetadata;

fn main() {
    let _ = AnalyticsMetadata::new();
}
