use cognito_op::cognito_shape;
use serde::{Deserialize, Serialize};

#[cognito_shape]
#[derive(Clone, Serialize, Deserialize)]
enum DeliveryMedium {
    Sms,
    Email,
    Other(String),
}

#[cognito_shape]
#[derive(serde::Serialize)]
enum Mine {
    One,
    Other(String),
}

#[cognito_shape]
#[derive(Clone, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
enum Good {
    One,
    Other(String),
}

#[cognito_shape]
#[derive(Clone, Serialize, Deserialize)]
#[serde(from = "String")]
enum ReadOnly {
    One,
    Other(String),
}

fn main() {}
