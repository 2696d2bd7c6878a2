use cognito_op::cognito_shape;

#[cognito_shape]
enum DeliveryMedium {
    Sms,
    Email,
}

#[cognito_shape]
enum AuthFlow {
    #[member("USER_AUTH")]
    UserAuth,
    Unknown(String),
}

#[cognito_shape]
enum Bare {
    One,
    Other,
}

fn main() {}
