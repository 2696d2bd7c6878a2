use cognito_op::{cognito_op, cognito_shape};

#[cognito_op(target = "GlobalSignOut")]
struct GlobalSignOut {
    #[member = "AccessToken"]
    #[sensitive(true)]
    access_token: String,
}

#[cognito_shape]
struct Own {
    #[member("")]
    one: Option<String>,
    #[member]
    two: Option<String>,
    #[unmodeled = "yes"]
    three: Option<String>,
}

fn main() {}
