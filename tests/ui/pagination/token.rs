use cognito_op::{cognito_op, cognito_shape};

#[cognito_op(target = "ListDevices", paginated)]
struct ListDevices {
    access_token: String,
}

#[cognito_op(target = "ListDevices", response = ListDevicesResponse, paginated)]
struct Required {
    access_token: String,
    pagination_token: String,
}

#[cognito_op(target = "ListDevices", response = ListDevicesResponse, paginated)]
struct Borrowed<'a> {
    access_token: &'a str,
    #[member("PaginationToken")]
    next: Option<&'a str>,
}

#[cognito_op(target = "ListDevices", response = ListDevicesResponse, paginated)]
struct Misspelt {
    access_token: String,
    pagination_tokn: Option<String>,
}

#[cognito_op(target = "ListDevices", response = ListDevicesResponse, paginated)]
struct Number {
    access_token: String,
    pagination_token: Option<i32>,
}

#[cognito_shape]
struct ListDevicesResponse {
    devices: Vec<Device>,
    pagination_token: Option<String>,
}

#[cognito_shape]
struct Device {
    device_key: Option<String>,
}

/// The methods exist despite the errors.
async fn keys(client: &cognito_op::Client, blocking: &cognito_op::blocking::Client) {
    let mut devices = ListDevices::new("token").items(client);
    while let Some(device) = devices.next().await {
        println!("{:?}", device.map(|device| device.device_key));
    }
    Required::new("token", "token").pages_blocking(blocking).count();
}

fn main() {}
