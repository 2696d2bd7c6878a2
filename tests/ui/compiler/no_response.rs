use cognito_op::{Client, Error, cognito_op};

#[cognito_op(target = "ResendConfirmationCode")]
struct ResendConfirmationCode {
    client_id: String,
    username: String,
}

async fn resend(client: &Client) -> Result<Option<String>, Error> {
    let sent = ResendConfirmationCode::new("1example23456789", "alice").send(client).await?;
    println!("{:?}", sent.code_delivery_details);
    let sent = client.send(&ResendConfirmationCode::new("1example23456789", "alice")).await?;
    Ok(sent.code_delivery_details.destination)
}

fn main() {}
