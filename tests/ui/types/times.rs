use chrono::{DateTime, NaiveDateTime, Utc};
use cognito_op::cognito_shape;
use time::OffsetDateTime;

/// Stands for the crates of these names.
mod chrono {
    #[derive(Debug)]
    pub struct DateTime<T>(T);
    #[derive(Debug)]
    pub struct NaiveDateTime;
    #[derive(Debug)]
    pub struct Utc;
}

mod time {
    #[derive(Debug)]
    pub struct OffsetDateTime;
}

#[cognito_shape(output)]
struct UserType {
    user_create_date: Option<DateTime<Utc>>,
    user_last_modified_date: NaiveDateTime,
}

#[cognito_shape]
struct DeviceType {
    device_create_date: Option<OffsetDateTime>,
    device_last_authenticated_date: Option<chrono::DateTime<chrono::Utc>>,
    device_last_modified_date: Option<String>,
}

fn main() {
    let user = UserType::new(NaiveDateTime);
    println!("{user:?}");
}
