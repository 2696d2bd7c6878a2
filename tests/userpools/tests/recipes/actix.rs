use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::http::header::AUTHORIZATION;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest, HttpResponse, ResponseError};
use cognito_userpools::verify::{AccessToken, Verifier, VerifyError, bearer_token};
use std::fmt;
use std::pin::Pin;

/// The verified access token of a request.
///
/// The app needs the verifier: `App::new().app_data(Data::new(verifier))`.
pub struct User(pub AccessToken);

impl FromRequest for User {
    type Error = actix_web::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Self::Error>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let verifier = Data::<Verifier>::extract(&request).await?;
            let values = request.headers().get_all(AUTHORIZATION);
            let token = bearer_token(values).map_err(Refused)?;
            Ok(Self(verifier.access_token(token).await.map_err(Refused)?))
        })
    }
}

/// The error of a request whose token is not accepted.
#[derive(Debug)]
pub struct Refused(pub VerifyError);

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl ResponseError for Refused {
    fn status_code(&self) -> StatusCode {
        let status = StatusCode::from_u16(self.0.status().as_u16());
        status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::build(self.status_code());
        // actix-web has other types for headers.
        for (name, value) in self.0.response::<()>("api").headers() {
            response.insert_header((name.as_str(), value.as_bytes()));
        }
        response.finish()
    }
}
