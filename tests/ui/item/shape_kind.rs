use cognito_op::cognito_shape;

#[cognito_shape]
struct DeliveryMediumType {
    sms: Option<String>,
}

#[cognito_shape]
enum UserType {
    One,
    Other(String),
}

#[cognito_shape(AttributeListType, UserType)]
struct Attributes {
    name: Option<String>,
}

fn main() {}
