//! A software authenticator, for tests without a browser.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

const ID: &str = "the id of the passkey";

/// A page and an authenticator with one ES256 key.
pub struct Authenticator {
    key: EcdsaKeyPair,
    /// The origin of the page. A real browser compares it with the relying party.
    pub origin: String,
    /// The number of uses of the key.
    pub count: u32,
    user: Value,
}

impl Authenticator {
    #[must_use]
    pub fn new(origin: &str) -> Self {
        let (random, algorithm) = (SystemRandom::new(), &ECDSA_P256_SHA256_ASN1_SIGNING);
        let key = EcdsaKeyPair::generate_pkcs8(algorithm, &random).expect("a key");
        let key = EcdsaKeyPair::from_pkcs8(algorithm, key.as_ref(), &random).expect("the same key");
        Self { key, origin: origin.to_owned(), count: 0, user: Value::Null }
    }

    /// Returns the `RegistrationResponseJSON` for options of the service.
    pub fn create(&mut self, options: &Value) -> Value {
        self.user = options["user"]["id"].clone();
        let point = self.key.public_key().as_ref();
        // In CBOR: {1: 2, 3: -7, -1: 1, -2: x, -3: y}, an EC2 key for ES256 on P-256.
        let key = [b"\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20", &point[1..33], b"\x22\x58\x20", &point[33..]].concat();
        let length = u16::try_from(ID.len()).expect("a short id").to_be_bytes();
        // The user is present, and there is a new credential.
        let data = [self.data(&options["rp"]["id"], 0x41), vec![0; 16], length.into(), ID.into(), key].concat();
        let length = u8::try_from(data.len()).expect("less than 256 bytes");
        // In CBOR: {"fmt": "none", "attStmt": {}, "authData": data}.
        let attestation = [b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".as_slice(), &[length], &data].concat();
        credential(&json!({
            "clientDataJSON": encode(self.client_data("webauthn.create", options)),
            "attestationObject": encode(attestation),
        }))
    }

    /// Returns the `AuthenticationResponseJSON` for options of the service.
    pub fn get(&mut self, options: &Value) -> Value {
        let (data, client_data) = (self.data(&options["rpId"], 1), self.client_data("webauthn.get", options));
        let signed = [data.as_slice(), Sha256::digest(&client_data).as_slice()].concat();
        let signature = self.key.sign(&SystemRandom::new(), &signed).expect("a signature");
        credential(&json!({
            "clientDataJSON": encode(client_data), "authenticatorData": encode(data), "signature": encode(signature),
            "userHandle": self.user,
        }))
    }

    fn client_data(&self, kind: &str, options: &Value) -> String {
        let client_data = json!({ "type": kind, "challenge": options["challenge"], "origin": self.origin });
        client_data.to_string()
    }

    fn data(&mut self, relying_party: &Value, flags: u8) -> Vec<u8> {
        self.count += 1;
        let hash = Sha256::digest(relying_party.as_str().unwrap_or_default());
        [hash.as_slice(), &[flags], &self.count.to_be_bytes()].concat()
    }
}

fn credential(response: &Value) -> Value {
    json!({
        "id": encode(ID), "rawId": encode(ID), "type": "public-key", "clientExtensionResults": {}, "response": response,
    })
}

fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}
