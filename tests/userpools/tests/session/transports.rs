//! The fake service over real connections, with both clients.

use crate::fake_service::{Behavior, FakeService, ID, SECRET};
use crate::{HOUR, reason, services};
use cognito_op::{Client, blocking};
use cognito_op_tests::server::{Reply, Server, answer};
use cognito_userpools::session::{Session, SignedOut};
use std::thread;

fn serve(service: &FakeService) -> Server {
    let service = service.clone();
    Server::start(move |received| match service.serve(received.header("x-amz-target"), &received.body) {
        Some((status, body)) => {
            let reason = if status == 200 { "OK" } else { "Bad Request" };
            let body = String::from_utf8(body).expect("JSON");
            Reply::Keep(answer(&format!("{status} {reason}"), "content-type: application/x-amz-json-1.1\r\n", &body))
        }
        None => Reply::Reset,
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tasks_over_hyper() {
    for service in services() {
        let server = serve(&service);
        let client = Client::builder().endpoint(server.url()).app_client(ID, SECRET).build().expect("a client");
        let builder = Session::builder(&client).rotation(service.is_rotating()).clock(service.clock());
        let session = builder.spawn(|future| drop(tokio::spawn(future))).build();
        session.sign_in(service.sign_in()).await.expect("it is saved");
        for requests in 1..=3 {
            service.advance(HOUR);
            let calls = (0..64).map(|_| {
                let session = session.clone();
                tokio::spawn(async move { session.access_token().await })
            });
            for call in calls.collect::<Vec<_>>() {
                assert!(service.accepts(&call.await.expect("no panic").expect("a token")));
            }
            assert_eq!(service.count(), requests);
        }
        service.advance(HOUR);
        service.behavior(Behavior::Lost(1));
        let outcome = session.access_token().await;
        if service.has_no_grace_period() {
            assert_eq!(reason(outcome), Some(SignedOut::Reused));
        } else {
            assert!(service.accepts(&outcome.expect("a token")));
            assert_eq!(service.count(), 5);
            session.sign_out().await.expect("it is revoked");
        }
    }
}

#[test]
fn threads_over_ureq() {
    for service in services() {
        let server = serve(&service);
        let builder = blocking::Client::builder().endpoint(server.url()).app_client(ID, SECRET);
        let client = builder.build().expect("a client");
        let session = Session::builder(&client).rotation(service.is_rotating()).clock(service.clock()).build();
        session.sign_in(service.sign_in()).expect("it is saved");
        for requests in 1..=3 {
            service.advance(HOUR);
            thread::scope(|scope| {
                let threads: Vec<_> = (0..64).map(|_| scope.spawn(|| session.access_token())).collect();
                for thread in threads {
                    assert!(service.accepts(&thread.join().expect("no panic").expect("a token")));
                }
            });
            assert_eq!(service.count(), requests);
        }
        service.advance(HOUR);
        service.behavior(Behavior::Lost(1));
        let outcome = session.access_token();
        if service.has_no_grace_period() {
            assert_eq!(reason(outcome), Some(SignedOut::Reused));
        } else {
            assert!(service.accepts(&outcome.expect("a token")));
            assert_eq!(service.count(), 5);
            session.sign_out().expect("it is revoked");
        }
    }
}
