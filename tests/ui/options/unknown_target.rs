use cognito_op::cognito_op;

#[cognito_op(target = "ResendConfirmationCodes", response = ())]
struct ResendConfirmationCode {
    client_id: String,
}

#[cognito_op(target = "Frobnicate", response = ())]
struct Frobnicate {
    client_id: String,
}

#[cognito_op(target = "SignIn", response = ())]
struct SignIn {
    client_id: String,
}

#[cognito_op(target = "LogOut", response = ())]
struct LogOut {
    client_id: String,
}

#[cognito_op(target = "RefreshToken", response = ())]
struct RefreshToken {
    #[len]
    client_id: String,
}

fn main() {}
