//! Compares the operations of the crate with the service table: all published members exist, under their names.

#![allow(missing_docs, clippy::expect_used, clippy::panic)]

use cognito_op::{Member, Operation, OutputValue, Paginated, Shape, Structure};
use cognito_op_model::SERVICE;
use cognito_op_tests::ready_made_operations;
use cognito_userpools::{admin, operations};
use std::collections::BTreeSet;

/// Compares members with those of a published structure, and all shapes within them.
fn compare(published: &cognito_op_model::Shape, members: &'static [Member]) {
    let name = published.name;
    let here: BTreeSet<_> = members.iter().map(|member| member.name).collect();
    assert_eq!(here, published.members.iter().map(|member| member.name).collect(), "{name}");
    // The overlay of the model makes a member optional if some server does not send it.
    let required = published.members.iter().filter(|member| member.required).map(|member| member.name);
    let here = members.iter().filter(|member| member.required).map(|member| member.name);
    assert_eq!(here.collect::<BTreeSet<_>>(), required.collect(), "required by {name}");
    for member in members {
        let published = published.member_named(member.name).and_then(|member| member.shape());
        compare_shape(&published.expect("a member"), &member.shape);
    }
}

fn compare_shape(published: &cognito_op_model::Shape, shape: &Shape) {
    let entry = |index| published.entry(index).unwrap_or_else(|| panic!("{} has no entries", published.name));
    match shape {
        Shape::Structure { name, members } => {
            assert_eq!(*name, Some(published.name), "the name of the shape");
            compare(published, members);
        }
        Shape::Enum { name, values } => {
            assert_eq!(*name, Some(published.name), "the name of the shape");
            assert_eq!(BTreeSet::from_iter(*values), published.values.iter().collect(), "{}", published.name);
        }
        Shape::List(shape) => compare_shape(&entry(0), shape),
        Shape::Map(shape) => compare_shape(&entry(1), shape),
        _ => {}
    }
}

/// Compares an operation and its response, and returns its name.
fn check<O: Operation>() -> &'static str {
    let published = SERVICE.operation(O::NAME).unwrap_or_else(|| panic!("the table has no {}", O::NAME));
    compare(&published.input.expect("an input"), <O as Structure>::MEMBERS);
    let Shape::Structure { members, .. } = <O::Output as OutputValue>::SHAPE else { panic!("output of {}", O::NAME) };
    match published.output {
        Some(output) => compare(&output, members),
        None => assert!(members.is_empty()),
    }
    O::NAME
}

/// Every unsigned operation with pagination has the option `paginated`.
#[test]
fn lists_are_paginated() {
    fn name<O: Paginated>() -> &'static str {
        O::NAME
    }
    let lists = SERVICE.operations().filter(|operation| operation.unsigned && operation.pagination.is_some());
    let here = [
        name::<operations::ListDevices>(),
        name::<operations::ListUserSessions>(),
        name::<operations::ListWebAuthnCredentials>(),
    ];
    assert_eq!(lists.map(|operation| operation.name).collect::<Vec<_>>(), here);
}

#[test]
fn operations_have_all_published_members() {
    macro_rules! check_each {
        ($($module:ident::$operation:ident)*) => { [$(check::<$module::$operation>()),*] };
    }
    let checked = ready_made_operations!(check_each);
    assert_eq!(BTreeSet::from(checked), SERVICE.operation_names().collect());
}

#[test]
fn the_readme_has_the_version_of_the_table() {
    let version = format!("botocore {},", SERVICE.botocore());
    assert!(include_str!("../../../README.md").contains(&version), "{version}");
}

/// The error for a response that lacks a required member names the member.
#[test]
fn responses_that_lack_a_required_member() {
    let config = cognito_op::Config::builder().region("eu-west-1").build().expect("a configuration");
    macro_rules! lacks {
        ($operation:expr, $($body:tt => $member:literal)+) => {{
            let (_, reader) = config.prepare(&$operation).expect("a request");
            $(
                let body = cognito_op::Body::from(serde_json::json!($body).to_string());
                let error = reader.read(&http::Response::new(body)).map(|_| ()).expect_err($member);
                assert_eq!(error.kind(), cognito_op::ErrorKind::Unreadable);
                assert!(error.to_string().contains($member) && error.may_have_executed(), "{error}");
            )+
        }};
    }
    let kind = operations::TokenTypeIdentifierType::AccessToken;
    lacks!(operations::GetDerivedToken::new("token", kind).client_id("1example23456789"),
        {"IssuedTokenType": "ID_TOKEN", "TokenType": "N_A"} => "IssuedToken"
        {"IssuedToken": "token", "TokenType": "N_A"} => "IssuedTokenType"
        {"IssuedToken": "token", "IssuedTokenType": "ID_TOKEN"} => "TokenType");
    lacks!(operations::GetDevice::new("eu-west-1_8f3a"), {} => "Device");
    lacks!(operations::GetUser::new("token"), {"UserAttributes": []} => "Username" {"Username": "a"} => "UserAttributes");
    lacks!(operations::GetUserAuthFactors::new("token"), {} => "Username");
    lacks!(operations::ListWebAuthnCredentials::new("token"),
        {} => "Credentials"
        {"Credentials": [{"AuthenticatorTransports": [], "CredentialId": "id"}]} => "CreatedAt"
        {"Credentials": [{"AuthenticatorTransports": [], "CreatedAt": 1}]} => "CredentialId");
    lacks!(operations::SignUp::new("alice").client_id("1example23456789"),
        {"UserSub": "id"} => "UserConfirmed" {"UserConfirmed": true, "UserSub": null} => "UserSub");
    lacks!(operations::StartWebAuthnRegistration::new("token"), {} => "CredentialCreationOptions");
    lacks!(admin::AdminGetUser::new("eu-west-1_Ab12Cd34", "alice"), {"Enabled": true} => "Username");
    lacks!(admin::ListIdentityProviders::new("eu-west-1_Ab12Cd34"), {} => "Providers");
}

/// Responses from the AWS CLI reference that lack members which the model requires.
#[test]
fn responses_without_a_required_member_that_the_service_omits() {
    let config = cognito_op::Config::builder().region("eu-west-1").build().expect("a configuration");
    macro_rules! read {
        ($operation:expr, $body:tt) => {{
            let (_, reader) = config.prepare(&$operation).expect("a request");
            let body = cognito_op::Body::from(serde_json::json!($body).to_string());
            reader.read(&http::Response::new(body)).expect("a response")
        }};
    }
    let prefix = read!(admin::DescribeUserPoolDomain::new("my-domain"), {
        "DomainDescription": {"Domain": "my-domain", "Status": "ACTIVE", "CustomDomainConfig": {}}
    });
    let custom = prefix.domain_description.and_then(|domain| domain.custom_domain_config).expect("an empty structure");
    assert_eq!(custom.certificate_arn, None);
    let passkeys = read!(operations::ListWebAuthnCredentials::new("token"), {
        "Credentials": [{
            "AuthenticatorAttachment": "cross-platform", "CreatedAt": 1_736_293_876.115, "CredentialId": "8LApgk4",
            "FriendlyCredentialName": "Roaming passkey", "RelyingPartyId": "auth.example.com"
        }]
    });
    assert_eq!(passkeys.credentials[0].authenticator_transports, None);
}

/// The service accepts values that violate the published constraints.
#[test]
fn accepted_values_pass_validation() {
    let session = "s".repeat(8192);
    let operation = operations::RespondToAuthChallenge::new(operations::ChallengeNameType::SmsMfa);
    operation.session(session).validate().expect("a session that the service issued");
    operations::SignUp::new("alice").password("correct horse").validate().expect("a password");
}
