use cognito_userpools::http::StatusCode;
use cognito_userpools::verify::{AccessToken, Verifier, VerifyError, bearer_token};
use serde_json::{Value, json};

/// Handles the event of a Lambda authorizer of the type `TOKEN`, and returns its policy.
///
/// API Gateway responds with 401 to the error `Unauthorized`, with 500 to other errors,
/// and with 403 if the policy denies the request.
pub async fn authorize(verifier: &Verifier, event: &Value) -> Result<Value, String> {
    let resource = stage(event["methodArn"].as_str().unwrap_or_default());
    match verify(verifier, event).await {
        Ok(token) => Ok(json!({
            "principalId": token.sub(),
            "policyDocument": policy("Allow", &resource),
            // The back end finds these values in `requestContext.authorizer`.
            "context": {
                "username": token.username().unwrap_or_default(),
                "scope": token.scopes().collect::<Vec<_>>().join(" "),
            },
        })),
        Err(error) if error.status() == StatusCode::FORBIDDEN => Ok(json!({
            "principalId": "refused",
            "policyDocument": policy("Deny", &resource),
        })),
        Err(error) if error.status().is_server_error() => Err(error.to_string()),
        Err(_) => Err("Unauthorized".to_owned()),
    }
}

async fn verify(verifier: &Verifier, event: &Value) -> Result<AccessToken, VerifyError> {
    let token = bearer_token(event["authorizationToken"].as_str())?;
    verifier.access_token(token).await
}

fn policy(effect: &str, resource: &str) -> Value {
    let statement =
        json!({ "Action": "execute-api:Invoke", "Effect": effect, "Resource": resource });
    json!({ "Version": "2012-10-17", "Statement": [statement] })
}

/// Returns the resources of the stage, since API Gateway caches the policy of a token and
/// applies it to the next requests, whichever resource they are for.
fn stage(method_arn: &str) -> String {
    let parts: Vec<&str> = method_arn.splitn(3, '/').collect();
    match parts[..] {
        [api, stage, _] => format!("{api}/{stage}/*"),
        _ => method_arn.to_owned(),
    }
}
