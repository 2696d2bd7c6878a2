use cognito_op::cognito_op;

#[cognito_op(target = "GetClientToken", response = ())]
struct GetClientToken {
    #[client_id]
    client_id: Option<String>,
    secret: Option<String>,
}

#[cognito_op(target = "GetClientToken", response = ())]
struct GivenSecret {
    #[client_id]
    client_id: Option<String>,
    #[client_secret]
    secret: String,
}

fn main() {}
