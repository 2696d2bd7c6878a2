use cognito_op::cognito_shape;

#[cognito_shape]
enum DeliveryMedium {
    Sms,
    #[member("SMS")]
    Text,
    Emial,
    Post { street: String },
    Letter(String),
    #[member("OTHER")]
    Other(String),
}

#[cognito_shape]
enum Mine<T> {
    One(T),
    Other(String),
}

fn main() {}
