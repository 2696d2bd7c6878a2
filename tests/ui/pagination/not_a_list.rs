use cognito_op::{cognito_op, cognito_shape};

#[cognito_op(target = "GetUser", response = (), paginated)]
struct GetUser {
    access_token: String,
}

#[cognito_op(target = "ListPigeons", response = (), unmodeled, paginated)]
struct ListPigeons {
    next_token: Option<String>,
}

#[cognito_op(target = "ListDevices", response = (), paginated)]
struct ListDevices {
    access_token: String,
    pagination_token: Option<String>,
}

#[cognito_op(target = "ListUserSessions", paginated = true)]
struct ListUserSessions {
    access_token: String,
    next_token: Option<String>,
}

#[cognito_shape]
struct ListUserSessionsResponse {
    sessions: Option<Vec<Session>>,
    next_token: Option<String>,
}

#[cognito_shape(SessionDescriptionType)]
struct Session {}

fn main() {}
