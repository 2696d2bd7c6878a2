//! The requests on the wire, compared with those of AWS's own clients for the same input.

#![allow(missing_docs, clippy::expect_used)]

use cognito_op::Client;
use cognito_op_tests::resend::{AnalyticsMetadata, ResendConfirmationCode, UserContextData};
use cognito_op_tests::server::{Reply, Server, answer};
use serde_json::json;

const CLIENT_ID: &str = "1example23456789";
const HASH: &str = "7P85NdZ9+/Fs5g4hQ0T5Xo3bQYk1eLh2c0mVYb1yYQk=";

fn server() -> Server {
    Server::start(|_| Reply::Keep(answer("200 OK", "", "{}")))
}

fn client(server: &Server) -> Client {
    Client::builder().endpoint(server.url()).build().expect("a client")
}

fn full() -> ResendConfirmationCode {
    ResendConfirmationCode::new(CLIENT_ID, "alice")
        .secret_hash(HASH)
        .user_context_data(
            UserContextData::new().encoded_data("AmazonCognitoAdvancedSecurityData_object").ip_address("192.0.2.1"),
        )
        .analytics_metadata(AnalyticsMetadata::new().analytics_endpoint_id("d70b2ba36a8c4dc5a04a0451a31a1e12"))
        .client_metadata([("k1", "v1"), ("ké2", "vü€😀\"\\/\n")])
}

/// The expected request was captured from boto3 1.44.5, the JavaScript SDK 3.1168.0 and aws-sdk-cognitoidentityprovider
/// 1.144.0, which send the same members and values for this input.
#[tokio::test]
async fn six_members_as_the_aws_clients_send_them() {
    let server = server();
    full().send(&client(&server)).await.expect("a response");
    let received = &server.received()[0];
    let expected = json!({
        "ClientId": CLIENT_ID,
        "Username": "alice",
        "SecretHash": HASH,
        "UserContextData": { "EncodedData": "AmazonCognitoAdvancedSecurityData_object", "IpAddress": "192.0.2.1" },
        "AnalyticsMetadata": { "AnalyticsEndpointId": "d70b2ba36a8c4dc5a04a0451a31a1e12" },
        "ClientMetadata": { "k1": "v1", "ké2": "vü€😀\"\\/\n" },
    });
    assert_eq!(received.json(), expected);
    assert_eq!(received.body.len(), 346, "the same length as with the JavaScript and Rust SDKs");
}

#[tokio::test]
async fn absent_members_are_omitted() {
    let server = server();
    ResendConfirmationCode::new(CLIENT_ID, "alice").send(&client(&server)).await.expect("a response");
    let received = &server.received()[0];
    assert_eq!(received.body, br#"{"ClientId":"1example23456789","Username":"alice"}"#);
}

#[tokio::test]
async fn the_request_line_and_exactly_these_headers() {
    let server = server();
    let client = client(&server);
    for operation in [full(), ResendConfirmationCode::new(CLIENT_ID, "alice")] {
        operation.send(&client).await.expect("a response");
    }
    for received in server.received() {
        assert_eq!(received.line, "POST / HTTP/1.1");
        let mut headers = received.headers.clone();
        headers.sort();
        let expected = [
            ("content-length", received.body.len().to_string()),
            ("content-type", "application/x-amz-json-1.1".to_owned()),
            ("host", server.authority()),
            ("user-agent", concat!("cognito-op/", env!("CARGO_PKG_VERSION")).to_owned()),
            ("x-amz-target", "AWSCognitoIdentityProviderService.ResendConfirmationCode".to_owned()),
        ];
        let expected: Vec<(String, String)> =
            expected.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        assert_eq!(headers, expected, "without `Authorization` and `X-Amz-Date`");
    }
}

#[tokio::test]
async fn an_endpoint_with_a_base_path() {
    let server = server();
    let client = Client::builder().endpoint(format!("{}/pools/", server.url())).build().expect("a client");
    ResendConfirmationCode::new(CLIENT_ID, "alice").send(&client).await.expect("a response");
    assert_eq!(server.received()[0].line, "POST /pools/ HTTP/1.1");
}

#[tokio::test]
async fn the_secret_hash_is_added_but_not_replaced() {
    let server = server();
    let client = Client::builder().endpoint(server.url()).app_client(CLIENT_ID, "secret").build().expect("a client");
    ResendConfirmationCode::new(CLIENT_ID, "alice").send(&client).await.expect("a response");
    ResendConfirmationCode::new(CLIENT_ID, "josé").send(&client).await.expect("a response");
    full().send(&client).await.expect("a response");
    let hashes: Vec<_> = server.received().iter().map(|received| received.json()["SecretHash"].clone()).collect();
    // The first two hashes were computed with openssl from the user name and the client id.
    let expected =
        ["SRSokfDPYgNH3Tm3eRbqKCsFZg9Ia07+tqRIgXhLH5s=", "BZWt9X1xvIULfKBUgsSHLDBWJIUUSikX5UXyq+ChAk0=", HASH];
    assert_eq!(hashes, expected);

    let unchecked = client
        .call(&ResendConfirmationCode::new(CLIENT_ID, "alice").secret_hash(""))
        .validation(cognito_op::Validation::Off)
        .send()
        .await;
    unchecked.expect("a response");
    assert_eq!(server.received()[3].json()["SecretHash"], "");
}

#[tokio::test]
async fn a_public_app_client_has_no_hash_and_other_secrets_share_the_connection() {
    let server = server();
    let public = Client::builder().endpoint(server.url()).public_app_client(CLIENT_ID).build().expect("a client");
    let operation = ResendConfirmationCode::new(CLIENT_ID, "alice");
    operation.send(&public).await.expect("a response");
    let secret = public.with_app_client(CLIENT_ID, "secret").expect("a client");
    operation.send(&secret).await.expect("a response");
    let received = server.received();
    assert_eq!(received[0].json().get("SecretHash"), None);
    assert_eq!(received[1].json()["SecretHash"], "SRSokfDPYgNH3Tm3eRbqKCsFZg9Ia07+tqRIgXhLH5s=");
    assert_eq!(server.connections(), 1);
}
