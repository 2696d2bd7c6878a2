use cognito_op::cognito_op;

#[cognito_op(target = "ListDevices", response = ())]
struct ListDevices {
    access_token: String,
    #[range]
    limit:
}

fn main() {
    let operation = ListDevices::new("token");
    let _ = operation.validate();
}
