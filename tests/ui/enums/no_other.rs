use cognito_op::cognito_shape;

#[cognito_shape]
enum DeliveryMedium {
    Sms,
    Email,
}

fn main() {}
