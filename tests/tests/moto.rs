//! moto, which does not implement `ResendConfirmationCode` and responds with an HTML page.

#![allow(missing_docs, clippy::expect_used)]

use cognito_op::{Client, ErrorKind};
use cognito_op_tests::peers::Peer;
use cognito_op_tests::resend::ResendConfirmationCode;

#[tokio::test]
async fn a_page_of_html_is_an_error_with_its_status() {
    let server = Peer::moto();
    let client = Client::builder().endpoint(server.url()).build().expect("a client");
    for _ in 0..3 {
        let operation = ResendConfirmationCode::new("1example23456789", "alice");
        let error = operation.send(&client).await.expect_err("moto does not know it");
        assert_eq!((error.kind(), error.code()), (ErrorKind::Unknown, None));
        assert_eq!(error.status().map(|status| status.as_u16()), Some(500));
        assert!(error.may_have_executed(), "the operation may have executed");
    }
}
