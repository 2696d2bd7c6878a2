//! Passkeys: the side of the relying party, with ES256 and without attestation statements.

use super::pool::{Pool, random};
use super::request::Members;
use super::sign_in::Session;
use super::{Exception, Response, exception};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ring::signature::{ECDSA_P256_SHA256_ASN1, UnparsedPublicKey};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// The id of the relying party, which is also the host of its pages, on any port. Browsers resolve it to the loopback
/// interface.
const RELYING_PARTY: &str = "app.localhost";

const USER_PRESENT: u8 = 1;
const CREDENTIAL_DATA: u8 = 1 << 6;

/// The passkeys of a user.
#[derive(Default)]
pub(super) struct Passkeys {
    /// The challenge of the most recently started registration.
    pending: Option<String>,
    registered: Vec<Passkey>,
}

struct Passkey {
    id: Vec<u8>,
    /// The uncompressed point.
    key: Vec<u8>,
    count: u32,
}

impl Passkeys {
    fn descriptors(&self) -> Vec<Value> {
        let descriptor = |key: &Passkey| json!({ "type": "public-key", "id": URL_SAFE_NO_PAD.encode(&key.id) });
        self.registered.iter().map(descriptor).collect()
    }

    /// Checks a new passkey and adds it.
    fn register(&mut self, challenge: &str, credential: &Value) -> Result<(), Exception> {
        check_client_data(credential, "webauthn.create", challenge)?;
        let unsupported = || exception("WebAuthnCredentialNotSupportedException", "The credential is not supported.");
        let attestation = binary(credential, "attestationObject").ok_or_else(unsupported)?;
        let attestation = cbor::read(&mut attestation.as_slice()).ok_or_else(unsupported)?;
        let data = attestation.get(&"authData".into()).and_then(cbor::Item::bytes).ok_or_else(unsupported)?;
        let data = AuthenticatorData::read(data)?;
        let (id, key) = data.credential().ok_or_else(unsupported)?;
        if binary_of(&credential["rawId"]).as_ref() != Some(&id) {
            return Err(unsupported());
        }
        self.registered.push(Passkey { id, key, count: data.count });
        Ok(())
    }

    /// Checks the proof of a passkey.
    fn verify(&mut self, sub: &str, challenge: &str, credential: &Value) -> Result<(), Exception> {
        let id = binary_of(&credential["rawId"]);
        let passkey = self.registered.iter_mut().find(|passkey| Some(&passkey.id) == id.as_ref());
        let passkey = passkey.ok_or_else(|| rejected("the passkey is unknown"))?;
        let client_data = check_client_data(credential, "webauthn.get", challenge)?;
        let handle = &credential["response"]["userHandle"];
        if !handle.is_null() && binary_of(handle).as_deref() != Some(sub.as_bytes()) {
            return Err(rejected("the passkey belongs to another user"));
        }
        let bytes = binary(credential, "authenticatorData").unwrap_or_default();
        let data = AuthenticatorData::read(&bytes)?;
        let signed = [bytes.as_slice(), Sha256::digest(&client_data).as_slice()].concat();
        let signature = binary(credential, "signature").unwrap_or_default();
        UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, &passkey.key)
            .verify(&signed, &signature)
            .map_err(|_| rejected("the signature is wrong"))?;
        if data.count != 0 && data.count <= passkey.count {
            return Err(rejected("the counter has not increased"));
        }
        passkey.count = data.count;
        Ok(())
    }
}

impl Pool {
    pub(super) fn start_web_authn_registration(&mut self, members: &Members) -> Response {
        let username = self.bearer(members)?;
        let challenge = challenge();
        let user = self.user(&username)?;
        user.passkeys.pending = Some(challenge.clone());
        let options = json!({
            "rp": { "id": RELYING_PARTY, "name": RELYING_PARTY },
            "user": { "id": URL_SAFE_NO_PAD.encode(&user.sub), "name": username, "displayName": username },
            "challenge": challenge,
            "pubKeyCredParams": [{ "type": "public-key", "alg": -7 }],
            "timeout": 60_000,
            "excludeCredentials": user.passkeys.descriptors(),
            "authenticatorSelection":
                { "requireResidentKey": true, "residentKey": "required", "userVerification": "preferred" },
        });
        Ok(json!({ "CredentialCreationOptions": options }))
    }

    pub(super) fn complete_web_authn_registration(&mut self, members: &Members) -> Response {
        let username = self.bearer(members)?;
        let passkeys = &mut self.user(&username)?.passkeys;
        let expired = || exception("WebAuthnChallengeNotFoundException", "The challenge has expired.");
        let challenge = passkeys.pending.take().ok_or_else(expired)?;
        passkeys.register(&challenge, members.document("Credential"))?;
        Ok(json!({}))
    }

    /// Returns the challenge for a passkey, or `None` if the user has no passkey.
    pub(super) fn passkey_challenge(&mut self, username: &str) -> Option<Value> {
        let accepted = self.users.get(username)?.passkeys.descriptors();
        if accepted.is_empty() {
            return None;
        }
        let (session, challenge) = (STANDARD.encode(random()), challenge());
        let options = json!({
            "challenge": challenge, "rpId": RELYING_PARTY, "timeout": 180_000, "allowCredentials": accepted,
            "userVerification": "preferred",
        });
        self.sessions.insert(session.clone(), Session::Passkey(username.to_owned(), challenge));
        let parameters = json!({ "CREDENTIAL_REQUEST_OPTIONS": options.to_string() });
        Some(json!({ "ChallengeName": "WEB_AUTHN", "Session": session, "ChallengeParameters": parameters }))
    }

    /// Checks the answer to the challenge for a passkey. Each challenge accepts one answer.
    pub(super) fn check_passkey(&mut self, username: &str, session: &str, credential: &str) -> Result<(), Exception> {
        let Some(Session::Passkey(of, challenge)) = self.sessions.remove(session) else {
            return Err(exception("NotAuthorizedException", "Invalid session for the user."));
        };
        if of != username {
            return Err(exception("NotAuthorizedException", "Invalid session for the user."));
        }
        let user = self.user(username)?;
        let credential = serde_json::from_str(credential).unwrap_or_default();
        // `RespondToAuthChallenge` has no exceptions for passkeys.
        let rejected = |Exception(_, message)| exception("NotAuthorizedException", message);
        user.passkeys.verify(&user.sub, &challenge, &credential).map_err(rejected)
    }
}

fn rejected(problem: &str) -> Exception {
    exception("NotAuthorizedException", format!("Invalid credential: {problem}."))
}

fn challenge() -> String {
    URL_SAFE_NO_PAD.encode(random())
}

fn binary_of(value: &Value) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(value.as_str()?).ok()
}

fn binary(credential: &Value, member: &str) -> Option<Vec<u8>> {
    binary_of(&credential["response"][member])
}

/// Checks type, challenge and origin, and returns the client data.
fn check_client_data(credential: &Value, kind: &str, challenge: &str) -> Result<Vec<u8>, Exception> {
    let bytes = binary(credential, "clientDataJSON").unwrap_or_default();
    let client_data: Value = serde_json::from_slice(&bytes).unwrap_or_default();
    if client_data["type"] != kind {
        return Err(rejected("the type is wrong"));
    }
    if client_data["challenge"] != challenge {
        return Err(rejected("the challenge is wrong"));
    }
    let origin = client_data["origin"].as_str().unwrap_or_default();
    let authority = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://")).unwrap_or_default();
    if authority.split(':').next() != Some(RELYING_PARTY) {
        return Err(exception("WebAuthnOriginNotAllowedException", "The origin is not allowed."));
    }
    Ok(bytes)
}

/// The fields of <https://www.w3.org/TR/webauthn-3/#sctn-authenticator-data>.
struct AuthenticatorData<'d> {
    flags: u8,
    count: u32,
    rest: &'d [u8],
}

impl<'d> AuthenticatorData<'d> {
    fn read(data: &'d [u8]) -> Result<Self, Exception> {
        let read = || {
            let (hash, rest) = data.split_at_checked(32)?;
            let ([flags, count @ ..], rest) = rest.split_first_chunk::<5>()?;
            Some((hash, Self { flags: *flags, count: u32::from_be_bytes(*count), rest }))
        };
        let (hash, data) = read().ok_or_else(|| rejected("the authenticator data is too short"))?;
        if hash != Sha256::digest(RELYING_PARTY).as_slice() {
            let message = "The credential is for another relying party.";
            return Err(exception("WebAuthnRelyingPartyMismatchException", message));
        }
        if data.flags & USER_PRESENT == 0 {
            return Err(rejected("the user was not present"));
        }
        Ok(data)
    }

    /// Returns the id and the ES256 key of a new passkey.
    fn credential(&self) -> Option<(Vec<u8>, Vec<u8>)> {
        if self.flags & CREDENTIAL_DATA == 0 {
            return None;
        }
        let (_model, rest) = self.rest.split_at_checked(16)?;
        let (length, rest) = rest.split_first_chunk::<2>()?;
        let (id, mut rest) = rest.split_at_checked(u16::from_be_bytes(*length).into())?;
        // The labels and values of RFC 9053: key type EC2, algorithm ES256, curve P-256.
        let key = cbor::read(&mut rest)?;
        let is = |label: i64, value: i64| key.get(&label.into()) == Some(&value.into());
        let coordinate = |label: i64| key.get(&label.into())?.bytes().filter(|bytes| bytes.len() == 32);
        let supported = is(1, 2) && is(3, -7) && is(-1, 1);
        let (x, y) = (coordinate(-2)?, coordinate(-3)?);
        supported.then(|| (id.to_vec(), [&[4], x, y].concat()))
    }
}

/// A reader of the part of CBOR (RFC 8949) that authenticators use.
mod cbor {
    #[derive(PartialEq)]
    pub(super) enum Item {
        Integer(i64),
        Bytes(Vec<u8>),
        Text(String),
        Map(Vec<(Item, Item)>),
        Other,
    }

    impl From<i64> for Item {
        fn from(value: i64) -> Self {
            Self::Integer(value)
        }
    }

    impl From<&str> for Item {
        fn from(value: &str) -> Self {
            Self::Text(value.to_owned())
        }
    }

    impl Item {
        pub(super) fn get(&self, key: &Self) -> Option<&Self> {
            let Self::Map(entries) = self else { return None };
            entries.iter().find(|(found, _)| found == key).map(|(_, value)| value)
        }

        pub(super) fn bytes(&self) -> Option<&[u8]> {
            if let Self::Bytes(bytes) = self { Some(bytes) } else { None }
        }
    }

    /// Reads an item, and advances the input past it.
    pub(super) fn read(input: &mut &[u8]) -> Option<Item> {
        let first = *take(input, 1)?.first()?;
        let length = match first & 0x1f {
            small @ 0..24 => u64::from(small),
            size @ 24..28 => take(input, 1 << (size - 24))?.iter().fold(0, |value, byte| value << 8 | u64::from(*byte)),
            _ => return None,
        };
        let count = usize::try_from(length).ok()?;
        Some(match first >> 5 {
            0 => Item::Integer(i64::try_from(length).ok()?),
            1 => Item::Integer(-1 - i64::try_from(length).ok()?),
            2 => Item::Bytes(take(input, count)?.to_vec()),
            3 => Item::Text(String::from_utf8(take(input, count)?.to_vec()).ok()?),
            4 => {
                for _ in 0..count {
                    read(input)?;
                }
                Item::Other
            }
            5 => {
                let mut entries = Vec::new();
                for _ in 0..count {
                    entries.push((read(input)?, read(input)?));
                }
                Item::Map(entries)
            }
            _ => Item::Other,
        })
    }

    fn take<'i>(input: &mut &'i [u8], count: usize) -> Option<&'i [u8]> {
        let (taken, rest) = input.split_at_checked(count)?;
        *input = rest;
        Some(taken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Authenticator;

    const ORIGIN: &str = "http://app.localhost:8080";
    const SUB: &str = "the user's id";
    const CHALLENGE: &str = "Y2hhbGxlbmdl";

    fn creation_options() -> Value {
        let user = json!({ "id": URL_SAFE_NO_PAD.encode(SUB) });
        json!({ "challenge": CHALLENGE, "rp": { "id": RELYING_PARTY }, "user": user })
    }

    fn request_options() -> Value {
        json!({ "challenge": CHALLENGE, "rpId": RELYING_PARTY })
    }

    /// Replaces a value, and returns the changed document.
    fn with(mut document: Value, pointer: &str, value: impl Into<Value>) -> Value {
        *document.pointer_mut(pointer).expect("a value") = value.into();
        document
    }

    /// Returns the type and the message of an exception.
    fn exception_of(outcome: Result<(), Exception>) -> String {
        outcome.err().map(|Exception(code, message)| format!("{code}: {message}")).unwrap_or_default()
    }

    fn registered(authenticator: &mut Authenticator) -> Passkeys {
        let mut passkeys = Passkeys::default();
        let credential = authenticator.create(&creation_options());
        assert_eq!(exception_of(passkeys.register(CHALLENGE, &credential)), "");
        passkeys
    }

    #[test]
    fn registrations_are_checked() {
        let create = |origin: &str, options: &Value| Authenticator::new(origin).create(options);
        let right = create(ORIGIN, &creation_options());
        let another = |pointer: &str, value: &str| create(ORIGIN, &with(creation_options(), pointer, value));
        let unsupported = "WebAuthnCredentialNotSupported";
        for (credential, expected) in [
            (another("/challenge", "b3RoZXI"), "challenge"),
            (another("/rp/id", "example.com"), "WebAuthnRelyingPartyMismatch"),
            (create("http://app.localhost.example.com", &creation_options()), "WebAuthnOriginNotAllowed"),
            (create("https://other.app.localhost", &creation_options()), "WebAuthnOriginNotAllowed"),
            (Authenticator::new(ORIGIN).get(&request_options()), "type"),
            (with(right.clone(), "/rawId", "YQ"), unsupported),
            (with(right.clone(), "/response/attestationObject", "oA"), unsupported),
            (with(right, "/response/attestationObject", "/"), unsupported),
        ] {
            let mut passkeys = Passkeys::default();
            let exception = exception_of(passkeys.register(CHALLENGE, &credential));
            assert!(exception.contains(expected), "{expected}: {exception}");
            assert!(passkeys.registered.is_empty());
        }
    }

    #[test]
    fn proofs_are_checked() {
        let mut authenticator = Authenticator::new(ORIGIN);
        let mut passkeys = registered(&mut authenticator);
        let proof = authenticator.get(&request_options());
        let another = authenticator.get(&request_options());
        assert_eq!(exception_of(passkeys.verify(SUB, CHALLENGE, &proof)), "");
        assert!(exception_of(passkeys.verify(SUB, CHALLENGE, &proof)).contains("counter"));

        let mut stranger = Authenticator::new(ORIGIN);
        stranger.create(&creation_options());
        let mut get = |pointer: &str, value: &str| authenticator.get(&with(request_options(), pointer, value));
        let (other_challenge, other_party) = (get("/challenge", "b3RoZXI"), get("/rpId", "example.com"));
        authenticator.origin = "https://other.app.localhost".to_owned();
        for (credential, expected) in [
            (other_challenge, "challenge"),
            (other_party, "relying party"),
            (authenticator.get(&request_options()), "origin"),
            (authenticator.create(&creation_options()), "type"),
            (stranger.get(&request_options()), "signature"),
            (with(another.clone(), "/response/signature", "YQ"), "signature"),
            (with(another.clone(), "/response/authenticatorData", "YQ"), "too short"),
            (with(another.clone(), "/response/userHandle", "YQ"), "another user"),
            (with(another.clone(), "/rawId", "YQ"), "unknown"),
            (json!(null), "unknown"),
        ] {
            let exception = exception_of(passkeys.verify(SUB, CHALLENGE, &credential));
            assert!(exception.contains(expected), "{expected}: {exception}");
        }
        assert_eq!(exception_of(passkeys.verify(SUB, CHALLENGE, &another)), "", "the proof is valid");
    }
}
