use cognito_op::{Client, Error, cognito_op, cognito_shape};

struct AttributeType {
    name: String,
}

#[cognito_op(target = "SignUp", response = ())]
struct SignUp {
    client_id: String,
    username: String,
    #[unmodeled]
    user_attributes: Option<Vec<AttributeType>>,
    analytics_metadata: Option<AnalyticsMetadata>,
}

#[derive(Clone)]
struct AnalyticsMetadata {
    analytics_endpoint_id: Option<String>,
}

#[cognito_shape(output)]
struct ResendConfirmationCodeResponse {
    code_delivery_details: Option<CodeDeliveryDetails>,
}

struct CodeDeliveryDetails {
    destination: Option<String>,
}

#[cognito_shape]
struct Own {
    attribute: Option<AttributeType>,
    sent: Option<Vec<Sent>>,
}

/// Cannot be read, since it is only sent.
#[cognito_shape(input)]
struct Sent {}

async fn call(client: &Client) -> Result<(), Error> {
    let attribute = AttributeType { name: "email".to_owned() };
    let operation = SignUp::new("1example23456789", "alice").user_attributes([attribute]);
    println!("{operation:?}");
    operation.send(client).await
}

fn main() {}
