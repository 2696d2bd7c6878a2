use cognito_op::cognito_op;

#[cognito_op(target = "ResendConfirmationCodes", response = ())]
struct ResendConfirmationCode {
    client_id: String,
}

#[cognito_op(target = "Frobnicate", response = ())]
struct Frobnicate {
    client_id: String,
}

fn main() {}
