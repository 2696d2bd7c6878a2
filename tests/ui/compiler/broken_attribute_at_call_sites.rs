use cognito_op::{cognito_op, Client, Error};

#[cognito_op(target = "GlobalSignOut", retry = 3)]
struct GlobalSignOut {
    #[len(128, 1)]
    access_token: String,
    #[pattern("[")]
    other: Option<String>,
}

async fn call(client: &Client) -> Result<(), Error> {
    let operation = GlobalSignOut::new("token").other("other");
    println!("{operation:?} {:?}", operation.validate());
    operation.send(client).await
}

fn main() {
    let _ = call;
}
