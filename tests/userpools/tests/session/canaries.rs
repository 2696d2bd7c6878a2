//! `Debug` output, errors, events and panics contain no part of a token.

use crate::fake_service::{Behavior, FakeService};
use crate::{HOUR, blocking_builder, builder, now};
use cognito_op_tests::written::Written;
use cognito_userpools::session::{FileStore, MemoryStore, SavedSession, SessionError};
use std::error::Error as _;
use std::fmt::Debug;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Asserts that a text contains no part of a token. Each token of [`FakeService`] contains `canary`; access and
/// identity tokens begin with `e30.`.
#[track_caller]
fn assert_redacted(text: &str) {
    assert!(!text.to_lowercase().contains("canary") && !text.contains("e30."), "{text}");
}

#[track_caller]
fn assert_debug_is_silent(value: &dyn Debug) {
    let text = format!("{value:?} {value:#?}");
    assert!(text.starts_with(char::is_alphabetic), "{text}");
    assert_redacted(&text);
}

#[track_caller]
fn assert_error_is_redacted(error: &SessionError) {
    assert_debug_is_silent(error);
    assert_redacted(&error.to_string());
    let mut source = error.source();
    while let Some(error) = source {
        assert_redacted(&format!("{error} {error:?}"));
        source = error.source();
    }
}

#[test]
fn no_part_of_a_token_is_shown() {
    let written = Written::default();
    let writer = written.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_span_events(tracing_subscriber::fmt::format::FmtSpan::FULL)
        .with_writer(move || writer.clone())
        .finish();
    tracing::subscriber::with_default(subscriber, || {
        // Another test without a subscriber may have reached an event first, which disables it.
        tracing::callsite::rebuild_interest_cache();
        for service in [FakeService::without_rotation(), FakeService::rotating(60)] {
            let store = MemoryStore::new();
            let builder = builder(&service).store(store.clone());
            assert_debug_is_silent(&builder);
            let session = builder.build();
            let tokens = service.sign_in();
            let saved = SavedSession::new(tokens.clone(), (service.clock())());
            assert!(saved.to_json().contains("canary-refresh"));
            assert_debug_is_silent(&saved);
            for broken in [&saved.to_json()[1..], &saved.to_json().replace("\"version\":1", "\"version\":2")] {
                let error = SavedSession::from_json(broken).expect_err("no session");
                assert_redacted(&format!("{error} {error:?}"));
            }
            let watch = session.watch();
            now(session.sign_in(tokens)).expect("it is saved");
            for shown in [&session as &dyn Debug, &store, &watch] {
                assert_debug_is_silent(shown);
            }
            let blocking = blocking_builder(&service).store(FileStore::new("/dev/null/session.json")).build();
            assert_error_is_redacted(&blocking.sign_in(service.sign_in()).expect_err("it cannot be saved"));
            assert_error_is_redacted(&blocking.store_failure().expect("a failure"));
            assert_debug_is_silent(&blocking);
            for (code, message) in [
                ("InvalidParameterException", "the value 'canary-refresh-1' of canary-refresh-2 is not right"),
                ("InternalErrorException", "canary-refresh-1 canary-refresh-2"),
                ("NotAuthorizedException", "the client does not know 'canary-refresh-1' nor canary-refresh-2"),
            ] {
                service.behavior(Behavior::Fails(code, message));
                service.advance(2 * HOUR);
                assert_error_is_redacted(&now(session.access_token()).expect_err("the exception"));
                assert_error_is_redacted(&blocking.access_token().expect_err("the exception"));
            }
            service.behavior(Behavior::Down);
            assert_error_is_redacted(&now(session.refresh()).expect_err("the network is down"));
            service.behavior(Behavior::Panics);
            let panic = catch_unwind(AssertUnwindSafe(|| now(session.refresh()))).expect_err("a panic");
            assert_redacted(panic.downcast_ref::<&str>().expect("a text"));
            service.behavior(Behavior::Fails("NotAuthorizedException", "no canary-refresh-1, no canary-refresh-2"));
            assert_error_is_redacted(&now(session.refresh()).expect_err("the exception"));
            assert_error_is_redacted(&now(session.access_token()).expect_err("signed out"));
            assert_debug_is_silent(&session);
        }
    });
    let written = written.text();
    for event in ["the tokens of a session could not be refreshed", "the store of a session failed"] {
        assert!(written.lines().any(|line| line.contains(event) && line.contains("WARN")), "{event}: {written}");
    }
    assert_redacted(&written);
}
