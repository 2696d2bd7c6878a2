//! The operations that ship, held against the service table: what is published is there, under its name.

#![allow(missing_docs, clippy::expect_used, clippy::panic)]

use cognito_op::{Member, Operation, OutputValue, Shape, Structure};
use cognito_op_tests::public_operations;
use cognito_userpools::operations;
use std::collections::{BTreeMap, BTreeSet};

const TABLE: &str = include_str!("../../../macros/src/model/table.txt");

/// Members of responses that are required by the table and optional here, since a server sends null.
const NULL_SOMEWHERE: [(&str, &str); 2] =
    [("WebAuthnCredentialDescription", "FriendlyCredentialName"), ("WebAuthnCredentialDescription", "RelyingPartyId")];

/// What the table says of an operation or shape, line by line.
struct Published(BTreeMap<(&'static str, &'static str), Vec<&'static str>>);

impl Published {
    fn read() -> Self {
        let (mut all, mut at) = (BTreeMap::<_, Vec<_>>::new(), ("", ""));
        for line in TABLE.lines() {
            if line.starts_with(' ') {
                all.entry(at).or_default().push(line.trim());
            } else {
                at = line.split_once(' ').expect("a kind and a name");
            }
        }
        Self(all)
    }

    /// What follows a word.
    fn facts(&self, kind: &'static str, name: &'static str, word: &str) -> Vec<&'static str> {
        let lines = self.0.get(&(kind, name)).unwrap_or_else(|| panic!("the table has no {kind} {name}"));
        lines.iter().filter_map(|line| line.strip_prefix(word)?.strip_prefix(' ')).collect()
    }

    /// The members of a structure and their shapes.
    fn members(&self, shape: &'static str) -> BTreeMap<&'static str, &'static str> {
        self.facts("shape", shape, "member").iter().map(|fact| fact.split_once(' ').expect("a shape")).collect()
    }

    fn unsigned(&self) -> BTreeSet<&'static str> {
        let unsigned = self.0.iter().filter(|((kind, _), lines)| *kind == "operation" && lines.contains(&"unsigned"));
        unsigned.map(|((_, name), _)| *name).collect()
    }

    /// Holds members against a structure, and whatever is within them.
    fn compare(&self, name: &'static str, members: &'static [Member]) {
        let published = self.members(name);
        let here: BTreeSet<_> = members.iter().map(|member| member.name).collect();
        assert_eq!(here, published.keys().copied().collect(), "{name}");
        let required = self.facts("shape", name, "required").into_iter();
        let required: BTreeSet<_> = required.filter(|member| !NULL_SOMEWHERE.contains(&(name, *member))).collect();
        let here = members.iter().filter(|member| member.required).map(|member| member.name);
        assert_eq!(here.collect::<BTreeSet<_>>(), required, "required by {name}");
        for member in members {
            self.within(published[member.name], &member.shape);
        }
    }

    fn within(&self, name: &'static str, shape: &Shape) {
        match shape {
            Shape::Structure { name: here, members } => {
                assert_eq!(*here, Some(name), "under its own name");
                self.compare(name, members);
            }
            Shape::Enum { name: here, values } => {
                assert_eq!(*here, Some(name), "under its own name");
                let published: BTreeSet<_> = self.facts("shape", name, "value").into_iter().collect();
                assert_eq!(values.iter().copied().collect::<BTreeSet<_>>(), published, "{name}");
            }
            Shape::List(entry) => self.within(self.facts("shape", name, "each")[0], entry),
            Shape::Map(entry) => self.within(self.facts("shape", name, "entry")[0], entry),
            _ => {}
        }
    }

    /// The operation's name, once it and its answer hold.
    fn check<O: Operation>(&self) -> &'static str {
        let input = self.facts("operation", O::NAME, "input")[0];
        self.compare(input, <O as Structure>::MEMBERS);
        let Shape::Structure { members, .. } = <O::Output as OutputValue>::SHAPE else { panic!("{} answers", O::NAME) };
        match self.facts("operation", O::NAME, "output")[..] {
            [output] => self.compare(output, members),
            _ => assert!(members.is_empty()),
        }
        O::NAME
    }
}

#[test]
fn every_one_has_every_member_that_is_published() {
    let published = Published::read();
    macro_rules! check {
        ($($operation:ident)*) => { [$(published.check::<operations::$operation>()),*] };
    }
    let checked = public_operations!(check);
    assert_eq!(BTreeSet::from(checked), published.unsigned());
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
    lacks!(operations::GetDevice::new("eu-west-1_8f3a"), {} => "Device");
    lacks!(operations::GetUser::new("token"), {"UserAttributes": []} => "Username" {"Username": "a"} => "UserAttributes");
    lacks!(operations::GetUserAuthFactors::new("token"), {} => "Username");
    lacks!(operations::ListWebAuthnCredentials::new("token"),
        {} => "Credentials"
        {"Credentials": [{"CreatedAt": 1, "CredentialId": "id"}]} => "AuthenticatorTransports"
        {"Credentials": [{"AuthenticatorTransports": [], "CredentialId": "id"}]} => "CreatedAt"
        {"Credentials": [{"AuthenticatorTransports": [], "CreatedAt": 1}]} => "CredentialId");
    lacks!(operations::SignUp::new("alice").client_id("1example23456789"),
        {"UserSub": "id"} => "UserConfirmed" {"UserConfirmed": true, "UserSub": null} => "UserSub");
    lacks!(operations::StartWebAuthnRegistration::new("token"), {} => "CredentialCreationOptions");
}

/// Where the service is known to take more than it publishes.
#[test]
fn what_the_service_takes_is_not_refused() {
    let session = "s".repeat(8192);
    let operation = operations::RespondToAuthChallenge::new(operations::ChallengeNameType::SmsMfa);
    operation.session(session).validate().expect("a session that the service gave out");
    operations::SignUp::new("alice").password("correct horse").validate().expect("a password");
}
