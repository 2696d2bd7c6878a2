use cognito_op::{Client, Error, cognito_op, cognito_shape};

#[cognito_op(target = "GetUser")]
struct GetUser {
    access_token: String,
}

#[cognito_shape]
struct GetUserResponse<'a> {
    username: &'a str,
}

#[cognito_op(target = "ForgotPassword", response = Sent<'a>)]
struct ForgotPassword<'a> {
    client_id: &'a str,
    username: &'a str,
}

#[cognito_shape(ForgotPasswordResponse)]
struct Sent<'a> {
    code_delivery_details: Option<CodeDeliveryDetails<'a>>,
}

#[cognito_shape]
struct CodeDeliveryDetails<'a> {
    destination: Option<&'a str>,
}

async fn call(client: &Client) -> Result<(), Error> {
    GetUser::new("token").send(client).await?;
    ForgotPassword::new("1example23456789", "alice").send(client).await?;
    Ok(())
}

fn main() {}
