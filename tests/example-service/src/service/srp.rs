//! The service's side of SRP-6a in Cognito's variant, over the 3072-bit group of RFC 5054. It shares no code with the client's
//! side.

use super::pool::random;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use num_bigint::BigUint;
use sha2::{Digest as _, Sha256};

const MODULUS: &[u8] =
    b"FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B\
      302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7EDEE386BFB5A899FA5AE9F24117C4B1FE6\
      49286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F83655D23DCA3AD961C62F356208552BB9ED529077096966D\
      670C354E4ABC9804F1746C08CA18217C32905E462E36CE3BE39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF695581718\
      3995497CEA956AE515D2261898FA051015728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7D\
      B3970F85A6E1E4C7ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200C\
      BBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF";

/// The verifier of a password of a user or a device, which the service stores in place of the password.
#[derive(Clone)]
pub struct Verifier {
    /// The name of a user pool, or the key of a group of devices.
    group: String,
    /// The id of a user, or the key of a device.
    id: String,
    salt: BigUint,
    power: BigUint,
}

impl Verifier {
    /// Computes the verifier of a password. The salt is a number in big-endian bytes.
    #[must_use]
    pub fn new(group: &str, id: &str, password: &str, salt: &[u8]) -> Self {
        let identity = hash(&[group, id, ":", password].map(str::as_bytes));
        let private = BigUint::from_bytes_be(&hash(&[&padded(&BigUint::from_bytes_be(salt)), &identity]));
        let power = BigUint::from(2u8).modpow(&private, &modulus());
        Self::stored(group, id, salt, &power.to_bytes_be())
    }

    /// Creates a verifier from the values that a client has computed.
    #[must_use]
    pub fn stored(group: &str, id: &str, salt: &[u8], verifier: &[u8]) -> Self {
        let (salt, power) = (BigUint::from_bytes_be(salt), BigUint::from_bytes_be(verifier));
        Self { group: group.to_owned(), id: id.to_owned(), salt, power }
    }

    /// Creates a challenge for the client's public value in hexadecimal. Returns `None` if the value is invalid.
    #[must_use]
    pub fn challenge(&self, client: &str) -> Option<Challenge> {
        self.challenge_of_size(client, |_, _| true)
    }

    /// Creates a challenge whose public value and scrambling parameter have numbers of bits for which `is_wanted`
    /// returns true.
    pub fn challenge_of_size(&self, client: &str, is_wanted: impl Fn(u64, u64) -> bool) -> Option<Challenge> {
        let modulus = modulus();
        let client = number(client.as_bytes()).filter(|client| client % &modulus != BigUint::ZERO)?;
        let generator = BigUint::from(2u8);
        let multiplier = BigUint::from_bytes_be(&hash(&[&padded(&modulus), &padded(&generator)]));
        let blinding = multiplier * &self.power % &modulus;
        let mut secret = BigUint::from_bytes_be(&random());
        let mut power = generator.modpow(&secret, &modulus);
        let (public, scrambler) = loop {
            let public = (&blinding + &power) % &modulus;
            let scrambler = BigUint::from_bytes_be(&hash(&[&padded(&client), &padded(&public)]));
            if is_wanted(public.bits(), scrambler.bits()) {
                break (public, scrambler);
            }
            secret += 1u8;
            power = power * 2u8 % &modulus;
        };
        let shared = (client * self.power.modpow(&scrambler, &modulus)).modpow(&secret, &modulus);
        let key = mac(&mac(&padded(&scrambler), &[&padded(&shared)]), &[b"Caldera Derived Key", &[1]]);
        Some(Challenge { verifier: self.clone(), key: key[..16].to_vec(), public, secret_block: random() })
    }
}

/// The challenge to prove a password.
pub struct Challenge {
    verifier: Verifier,
    /// The session key, which the client can compute only with the password.
    key: Vec<u8>,
    public: BigUint,
    secret_block: [u8; 32],
}

impl Challenge {
    /// `SALT`.
    #[must_use]
    pub fn salt(&self) -> String {
        format!("{:x}", self.verifier.salt)
    }

    /// `SRP_B`.
    #[must_use]
    pub fn public(&self) -> String {
        format!("{:x}", self.public)
    }

    /// `SECRET_BLOCK`.
    #[must_use]
    pub fn secret_block(&self) -> String {
        STANDARD.encode(self.secret_block)
    }

    /// Verifies a signature in Base64.
    #[must_use]
    pub fn verify(&self, timestamp: &str, signature: &str) -> bool {
        let Verifier { group, id, .. } = &self.verifier;
        let claim = [group.as_bytes(), id.as_bytes(), &self.secret_block, timestamp.as_bytes()];
        signature == STANDARD.encode(mac(&self.key, &claim))
    }
}

fn modulus() -> BigUint {
    number(MODULUS).expect("hexadecimal digits")
}

fn number(hex: &[u8]) -> Option<BigUint> {
    BigUint::parse_bytes(hex, 16)
}

/// Returns the two's-complement bytes of a number: a zero byte precedes a first byte whose sign bit is set.
fn padded(number: &BigUint) -> Vec<u8> {
    let bytes = number.to_bytes_be();
    let sign = bytes.first().is_some_and(|byte| *byte >= 0x80);
    [&[0][..usize::from(sign)], &bytes].concat()
}

fn hash(parts: &[&[u8]]) -> [u8; 32] {
    parts.iter().fold(Sha256::new(), Sha256::chain_update).finalize().into()
}

fn mac(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}
