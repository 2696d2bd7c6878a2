use cognito_op::{cognito_op, cognito_shape};

#[cognito_op(target = "ListDevices", paginated)]
struct ListDevices {
    access_token: String,
    pagination_token: Option<String>,
}

#[cognito_shape]
struct ListDevicesResponse {
    devices: Option<Vec<Device>>,
}

#[cognito_op(target = "ListUserSessions", response = Sessions, paginated)]
struct ListUserSessions {
    access_token: String,
    next_token: Option<String>,
}

#[cognito_shape(ListUserSessionsResponse)]
struct Sessions {
    #[member("NextToken")]
    next: String,
}

#[cognito_op(target = "ListWebAuthnCredentials", paginated)]
struct ListWebAuthnCredentials {
    access_token: String,
    next_token: Option<String>,
}

/// Its mistake is the only error.
#[cognito_shape]
struct ListWebAuthnCredentialsResponse {
    credentals: Vec<Credential>,
    next_token: Option<String>,
}

#[cognito_op(target = "ListDevices", response = Pigeons, paginated)]
struct ListPigeons {
    access_token: String,
    pagination_token: Option<String>,
}

#[cognito_shape(unmodeled)]
struct Pigeons {
    pigeons: Vec<String>,
    next_token: Option<String>,
}

#[cognito_shape]
struct Device {
    device_key: Option<String>,
}

#[cognito_shape(WebAuthnCredentialDescription)]
struct Credential {}

/// The error is at the operation, not at each call.
async fn keys(client: &cognito_op::Client) {
    let mut devices = ListDevices::new("token").items(client);
    while let Some(device) = devices.next().await {
        println!("{:?}", device.map(|device| device.device_key));
    }
}

fn main() {}
