//! Passkeys: the part of the relying party, with ES256 and without attestation statements.

use super::pool::{Pool, random};
use super::request::Members;
use super::sign_in::Session;
use super::{Exception, Response, exception};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ring::signature::{ECDSA_P256_SHA256_ASN1, UnparsedPublicKey};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// The relying party, and the host of its pages, at any port. Browsers resolve it to the loopback interface.
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

    /// Returns the challenge for a passkey, unless the user has none.
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

    /// Checks the answer to the challenge for a passkey, which is accepted once.
    pub(super) fn check_passkey(&mut self, username: &str, session: &str, credential: &str) -> Result<(), Exception> {
        let Some(Session::Passkey(of, challenge)) = self.sessions.remove(session) else {
            return Err(exception("NotAuthorizedException", "Invalid session for the user."));
        };
        if of != username {
            return Err(exception("NotAuthorizedException", "Invalid session for the user."));
        }
        let user = self.user(username)?;
        let credential = serde_json::from_str(credential).unwrap_or_default();
        // The operation has no exceptions of its own for passkeys.
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

    /// The id and the ES256 key of a new passkey.
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

    /// Reads an item and advances the input behind it.
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
    use ring::rand::SystemRandom;
    use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _};

    const ORIGIN: &str = "http://app.localhost:8080";
    const SUB: &str = "the user's id";
    const CHALLENGE: &str = "Y2hhbGxlbmdl";

    /// A passkey in software.
    struct Authenticator(EcdsaKeyPair);

    fn encode(bytes: impl AsRef<[u8]>) -> Value {
        URL_SAFE_NO_PAD.encode(bytes).into()
    }

    fn client_data(kind: &str, challenge: &str, origin: &str) -> String {
        json!({ "type": kind, "challenge": challenge, "origin": origin, "crossOrigin": false }).to_string()
    }

    fn data(relying_party: &str, flags: u8, count: u32) -> Vec<u8> {
        [Sha256::digest(relying_party).as_slice(), &[flags], &count.to_be_bytes()].concat()
    }

    impl Authenticator {
        fn new() -> Self {
            let random = SystemRandom::new();
            let key = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).expect("a key");
            let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, key.as_ref(), &random);
            Self(key.expect("a key"))
        }

        fn register(&self, client_data: &str, relying_party: &str, algorithm: u8) -> Value {
            let point = self.0.public_key().as_ref();
            // {1: 2, 3: algorithm, -1: 1, -2: x, -3: y}
            let key =
                [&[0xa5, 1, 2, 3, algorithm, 0x20, 1, 0x21, 0x58, 32], &point[1..33], &[0x22, 0x58, 32], &point[33..]];
            let credential = [[0; 16].as_slice(), &[0, 2], b"id", &key.concat()].concat();
            let data = [data(relying_party, USER_PRESENT | CREDENTIAL_DATA, 1), credential].concat();
            let length = u8::try_from(data.len()).expect("less than 256 bytes");
            let attestation =
                [b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".as_slice(), &[length], &data].concat();
            json!({
                "id": encode("id"), "rawId": encode("id"), "type": "public-key", "clientExtensionResults": {},
                "response": { "clientDataJSON": encode(client_data), "attestationObject": encode(attestation) },
            })
        }

        fn sign_in(&self, client_data: &str, data: &[u8]) -> Value {
            let signed = [data, Sha256::digest(client_data).as_slice()].concat();
            let signature = self.0.sign(&SystemRandom::new(), &signed).expect("a signature");
            json!({
                "id": encode("id"), "rawId": encode("id"), "type": "public-key", "clientExtensionResults": {},
                "response": {
                    "clientDataJSON": encode(client_data), "authenticatorData": encode(data),
                    "signature": encode(signature), "userHandle": encode(SUB),
                },
            })
        }
    }

    fn code(outcome: Result<(), Exception>) -> (&'static str, String) {
        let Err(Exception(code, message)) = outcome else { return ("", String::new()) };
        (code, message)
    }

    fn registered(authenticator: &Authenticator) -> Passkeys {
        let mut passkeys = Passkeys::default();
        let client_data = client_data("webauthn.create", CHALLENGE, ORIGIN);
        let credential = authenticator.register(&client_data, RELYING_PARTY, 0x26);
        assert_eq!(code(passkeys.register(CHALLENGE, &credential)).0, "");
        passkeys
    }

    #[test]
    fn registrations_are_checked() {
        let authenticator = Authenticator::new();
        assert_eq!(registered(&authenticator).descriptors(), [json!({ "type": "public-key", "id": "aWQ" })]);
        let create = "webauthn.create";
        for (client_data, relying_party, algorithm, expected) in [
            (client_data(create, "b3RoZXI", ORIGIN), RELYING_PARTY, 0x26, "NotAuthorizedException"),
            (client_data("webauthn.get", CHALLENGE, ORIGIN), RELYING_PARTY, 0x26, "NotAuthorizedException"),
            (
                client_data(create, CHALLENGE, "http://app.localhost.example.com"),
                RELYING_PARTY,
                0x26,
                "WebAuthnOriginNotAllowedException",
            ),
            (client_data(create, CHALLENGE, ORIGIN), "example.com", 0x26, "WebAuthnRelyingPartyMismatchException"),
            (client_data(create, CHALLENGE, ORIGIN), RELYING_PARTY, 0x27, "WebAuthnCredentialNotSupportedException"),
        ] {
            let mut passkeys = Passkeys::default();
            let credential = authenticator.register(&client_data, relying_party, algorithm);
            assert_eq!(code(passkeys.register(CHALLENGE, &credential)).0, expected, "{client_data}");
            assert!(passkeys.registered.is_empty());
        }
    }

    #[test]
    fn proofs_are_checked() {
        let authenticator = Authenticator::new();
        let right = client_data("webauthn.get", CHALLENGE, ORIGIN);
        let proof = authenticator.sign_in(&right, &data(RELYING_PARTY, USER_PRESENT, 2));
        let mut passkeys = registered(&authenticator);
        assert_eq!(code(passkeys.verify(SUB, CHALLENGE, &proof)).0, "");
        assert!(code(passkeys.verify(SUB, CHALLENGE, &proof)).1.contains("counter"));

        let sign = |client_data: &str, data: &[u8]| authenticator.sign_in(client_data, data);
        let usual = data(RELYING_PARTY, USER_PRESENT, 2);
        let mut tampered = proof.clone();
        tampered["response"]["authenticatorData"] = encode(data(RELYING_PARTY, USER_PRESENT, 3));
        let mut stranger = proof.clone();
        stranger["rawId"] = encode("another");
        let mut other_user = proof.clone();
        other_user["response"]["userHandle"] = encode("another");
        for (credential, expected) in [
            (sign(&client_data("webauthn.get", "b3RoZXI", ORIGIN), &usual), "challenge"),
            (sign(&client_data("webauthn.create", CHALLENGE, ORIGIN), &usual), "type"),
            (sign(&client_data("webauthn.get", CHALLENGE, "https://other.app.localhost"), &usual), "origin"),
            (sign(&right, &data("other.app.localhost", USER_PRESENT, 2)), "relying party"),
            (sign(&right, &data(RELYING_PARTY, 0, 2)), "present"),
            (Authenticator::new().sign_in(&right, &usual), "signature"),
            (tampered, "signature"),
            (stranger, "unknown"),
            (other_user, "another user"),
            (json!(null), "unknown"),
        ] {
            let (_, message) = code(registered(&authenticator).verify(SUB, CHALLENGE, &credential));
            assert!(message.contains(expected), "{expected}: {message}");
        }
    }
}
