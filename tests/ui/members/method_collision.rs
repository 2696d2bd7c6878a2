use cognito_op::cognito_op;

#[cognito_op(target = "Future", unmodeled, response = ())]
struct Future {
    send: Option<String>,
    new: Option<String>,
    validate: String,
}

fn main() {}
