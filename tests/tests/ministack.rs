//! `ResendConfirmationCode` with ministack, which checks secret hashes and actually sends codes.

#![allow(missing_docs, clippy::expect_used)]

use cognito_op::{Client, Error, ErrorKind};
use cognito_op_tests::pool::Pool;
use cognito_op_tests::resend::{DeliveryMedium, ResendConfirmationCode, ResendConfirmationCodeResponse};

async fn resend(pool: &Pool, username: &str) -> Result<ResendConfirmationCodeResponse, Error> {
    pool.resend(username).send(&pool.confidential(pool.text("confidential", "secret"))).await
}

fn assert_delivered(answer: ResendConfirmationCodeResponse) {
    let details = answer.code_delivery_details.expect("a delivery");
    assert_eq!(details.delivery_medium, Some(DeliveryMedium::Email));
    assert_eq!(details.attribute_name.as_deref(), Some("email"));
    assert!(details.destination.is_some_and(|destination| destination.contains('@')));
}

#[tokio::test]
async fn a_code_is_sent_once_for_each_call() {
    let pool = Pool::start();
    let before = pool.messages();
    assert_eq!(before, 2, "one for each sign-up");

    assert_delivered(resend(&pool, "alice").await.expect("with a secret"));
    assert_eq!(pool.messages(), before + 1);

    let public = Client::builder().endpoint(pool.url()).public_app_client(pool.text("public", "id"));
    let operation = ResendConfirmationCode::new(pool.text("public", "id"), "alice");
    let answer = operation.send(&public.build().expect("a client")).await.expect("without a secret");
    assert_delivered(answer);
    assert_eq!(pool.messages(), before + 2);

    let client = pool.confidential(pool.text("confidential", "secret"));
    let operation = ResendConfirmationCode::new(pool.text("confidential", "id"), "josé")
        .client_metadata([("schlüssel", "значение 😀 \"\\\n")]);
    assert_delivered(operation.send(&client).await.expect("a name and metadata beyond ASCII"));
    assert_eq!(pool.messages(), before + 3);

    let wrong = ResendConfirmationCode::new(pool.text("confidential", "id"), "alice");
    let error = wrong.send(&pool.confidential("not the secret")).await.expect_err("a wrong hash");
    assert_eq!((error.kind(), error.may_have_executed()), (ErrorKind::NotAuthorized, false));

    let none = Client::builder().endpoint(pool.url()).build().expect("a client");
    let error = wrong.send(&none).await.expect_err("no hash");
    assert_eq!(error.kind(), ErrorKind::NotAuthorized);

    let error = resend(&pool, "nobody").await.expect_err("an unknown user");
    assert_eq!((error.kind(), error.may_have_executed()), (ErrorKind::UserNotFound, false));
    assert!(error.request_id().is_some());

    let unknown = ResendConfirmationCode::new("0unknown0client0", "alice").send(&none).await;
    let error = unknown.expect_err("an unknown client");
    assert_eq!((error.kind(), error.may_have_executed()), (ErrorKind::ResourceNotFound, false));
    assert!(!error.to_string().contains("0unknown0client0"), "{error}");

    assert_eq!(pool.messages(), before + 3, "the failed calls sent no messages");
}
