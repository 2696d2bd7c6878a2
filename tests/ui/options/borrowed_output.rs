use cognito_op::cognito_shape;

#[cognito_shape(output)]
struct CodeDeliveryDetails<'a> {
    destination: Option<&'a str>,
}

fn main() {}
