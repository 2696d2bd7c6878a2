use cognito_op::cognito_op;

#[cognito_op]
struct GlobalSignOut {
    access_token: String,
}

#[cognito_op("GlobalSignOut")]
struct ByName {
    access_token: String,
}

#[cognito_op(GlobalSignOut)]
struct ByPath {
    access_token: String,
}

#[cognito_op()]
struct Mine {
    access_token: String,
}

fn main() {}
