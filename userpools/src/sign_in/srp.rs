//! The client's side of the Secure Remote Password protocol (SRP) in Cognito's variant: SRP-6a over the 3072-bit group of
//! [RFC 5054](https://www.rfc-editor.org/rfc/rfc5054#appendix-A) with SHA-256, and a session key derived with HMAC.
//!
//! Exponentiation with a secret takes constant time.

use crypto_bigint::modular::ConstMontyForm;
use crypto_bigint::{U3072, const_monty_params};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use zeroize::Zeroizing;

const_monty_params!(
    Group,
    U3072,
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B\
     302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7EDEE386BFB5A899FA5AE9F24117C4B1FE6\
     49286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F83655D23DCA3AD961C62F356208552BB9ED529077096966D\
     670C354E4ABC9804F1746C08CA18217C32905E462E36CE3BE39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF695581718\
     3995497CEA956AE515D2261898FA051015728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7D\
     B3970F85A6E1E4C7ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200C\
     BBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF"
);

type Element = ConstMontyForm<Group, { U3072::LIMBS }>;

const ELEMENT_BYTES: usize = 384;
const EXPONENT_BYTES: usize = 128;
/// The bits of the sum of a random exponent and a product of two hashes, rounded up to whole words.
const EXPONENT_BITS: u32 = 1088;
const HASH_BITS: u32 = 256;

/// The client's ephemeral key pair: a random exponent and the public value.
pub(super) struct KeyPair {
    exponent: Zeroizing<[u8; EXPONENT_BYTES]>,
    public: Vec<u8>,
}

/// The parameters of the challenge `PASSWORD_VERIFIER`, and what else the proof covers.
pub(super) struct Challenge<'c> {
    /// The part of the user pool's id after the underscore.
    pub(super) pool_name: &'c str,
    pub(super) user_id: &'c str,
    /// `SALT`, in hexadecimal.
    pub(super) salt: &'c str,
    /// `SRP_B`, in hexadecimal.
    pub(super) public: &'c str,
    pub(super) secret_block: &'c [u8],
    pub(super) timestamp: &'c str,
}

impl KeyPair {
    /// Generates a key pair with random bytes from the operating system.
    pub(super) fn random() -> Result<Self, getrandom::Error> {
        let mut exponent = Zeroizing::new([0; EXPONENT_BYTES]);
        getrandom::fill(exponent.as_mut())?;
        Ok(Self::new(exponent))
    }

    fn new(exponent: Zeroizing<[u8; EXPONENT_BYTES]>) -> Self {
        let power = Zeroizing::new(number(exponent.as_ref()));
        let public = minimal(&generator().pow_bounded_exp(&power, EXPONENT_BITS).retrieve());
        Self { exponent, public }
    }

    /// The public value in hexadecimal, `SRP_A`.
    pub(super) fn public(&self) -> String {
        hex(&self.public).trim_start_matches('0').to_owned()
    }

    /// Computes `PASSWORD_CLAIM_SIGNATURE`, without its Base64 encoding. The error says which parameter is invalid.
    pub(super) fn sign(&self, password: &str, challenge: &Challenge<'_>) -> Result<[u8; 32], &'static str> {
        let salt = decode_hex(challenge.salt)
            .filter(|salt| salt.len() <= ELEMENT_BYTES)
            .ok_or("its SALT is not a hexadecimal number of at most 3072 bits")?;
        let service = decode_hex(challenge.public)
            .filter(|public| public.len() <= ELEMENT_BYTES)
            .ok_or("its SRP_B is not a hexadecimal number of at most 3072 bits")?;
        let service_element = Element::new(&number(&service));
        // With either value zero, a server that does not know the verifier could complete the handshake.
        if service_element == Element::ZERO {
            return Err("its SRP_B is zero modulo N");
        }
        let scrambler = hash(&[&padded(&self.public), &padded(&service)]);
        if scrambler == [0; 32] {
            return Err("its SRP_B makes the scrambling parameter zero");
        }

        let Challenge { pool_name, user_id, .. } = challenge;
        let identity = [pool_name.as_bytes(), user_id.as_bytes(), b":", password.as_bytes()];
        let identity = Zeroizing::new(hash(&identity));
        let private = Zeroizing::new(number(&*Zeroizing::new(hash(&[&padded(&salt), identity.as_ref()]))));
        let multiplier = hash(&[&padded(&minimal(Element::MODULUS.as_ref())), &[2]]);

        let verifier = Zeroizing::new(generator().pow_bounded_exp(&private, HASH_BITS));
        let base = Zeroizing::new(service_element - Element::new(&number(&multiplier)) * *verifier);
        let product = Zeroizing::new(number(&scrambler).wrapping_mul(&private));
        let exponent = Zeroizing::new(Zeroizing::new(number(self.exponent.as_ref())).wrapping_add(&product));
        let shared = Zeroizing::new(base.pow_bounded_exp(&exponent, EXPONENT_BITS));
        let shared = Zeroizing::new(shared.retrieve());
        let secret = Zeroizing::new(padded(&Zeroizing::new(minimal(&shared))));

        let extracted = Zeroizing::new(mac(&padded(strip(&scrambler)), &[&secret]));
        let key = Zeroizing::new(mac(extracted.as_ref(), &[b"Caldera Derived Key", &[1]]));
        let claim = [pool_name.as_bytes(), user_id.as_bytes(), challenge.secret_block, challenge.timestamp.as_bytes()];
        let (key, _) = key.split_at(16);
        Ok(mac(key, &claim))
    }
}

fn generator() -> Element {
    Element::new(&U3072::from_u8(2))
}

/// Converts at most 384 big-endian bytes.
fn number(bytes: &[u8]) -> U3072 {
    let mut all = Zeroizing::new([0; ELEMENT_BYTES]);
    let start = ELEMENT_BYTES.saturating_sub(bytes.len());
    for (target, byte) in all.iter_mut().skip(start).zip(bytes) {
        *target = *byte;
    }
    U3072::from_be_slice(all.as_ref())
}

/// The big-endian bytes of a number, without leading zeros.
fn minimal(number: &U3072) -> Vec<u8> {
    strip(Zeroizing::new(number.to_be_bytes()).as_ref()).to_vec()
}

fn strip(bytes: &[u8]) -> &[u8] {
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    bytes.get(zeros..).unwrap_or_default()
}

/// The bytes that AWS's clients hash: Java's two's-complement `BigInteger.toByteArray`, in which a zero byte precedes a first byte
/// with the sign bit set.
fn padded(minimal: &[u8]) -> Vec<u8> {
    let sign = minimal.first().is_none_or(|byte| *byte >= 0x80);
    let mut padded = Vec::with_capacity(minimal.len() + 1);
    padded.extend(sign.then_some(0));
    padded.extend_from_slice(minimal);
    padded
}

/// Decodes a hexadecimal number into bytes without leading zeros.
fn decode_hex(hex: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = hex.chars().map(|digit| u8::try_from(digit.to_digit(16)?).ok()).collect();
    let digits = digits.filter(|digits| !digits.is_empty())?;
    // If the number of digits is odd, the first digit is a byte of its own.
    let pairs = digits.rchunks(2).rev().map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | digit));
    Some(strip(&pairs.collect::<Vec<u8>>()).to_vec())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut hex, byte| {
        // Writing to a `String` cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

fn hash(parts: &[&[u8]]) -> [u8; 32] {
    parts.iter().fold(Sha256::new(), Sha256::chain_update).finalize().into()
}

fn mac(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    // HMAC accepts keys of any length; the trait's signature requires the error.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return [0; 32] };
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pseudorandom bytes, which the known signatures were computed from.
    fn pattern<const N: usize>(seed: u64) -> [u8; N] {
        let mut state = seed;
        [(); N].map(|()| {
            state = (state * 1_103_515_245 + 12_345) & 0x7fff_ffff;
            state.to_be_bytes()[5]
        })
    }

    fn sign(key_pair: &KeyPair, user: &str, password: &str, salt: &str, public: &str) -> Result<String, &'static str> {
        let challenge = Challenge {
            pool_name: "Ab12Cd34",
            user_id: user,
            salt,
            public,
            secret_block: b"a secret block",
            timestamp: "Sun Nov 6 08:49:37 UTC 1994",
        };
        key_pair.sign(password, &challenge).map(|signature| hex(&signature))
    }

    const SALT: &str = "51a2b3c4d5e6f708192a3b4c5d6e7f80";

    /// Computed with pycognito 2024.5.1 from the same exponents and public values.
    #[test]
    fn known_signatures() {
        let odd = "x".repeat(256);
        let (plain, plain_hash) =
            (pattern::<384>(2), "6524aa6a6fd0f83d7a31f7855ed97f7c15077f363bd1f85888baf6fd6415c371");
        for (case, seed, user, password, salt, public, public_hash, signature) in [
            (
                "ordinary",
                1,
                "alice",
                "correct horse",
                SALT,
                &plain[..],
                plain_hash,
                "ec8f43211059e582867bdfa4179d1425d4b0cbd067e0add7b3d0e1b2242ee232",
            ),
            (
                "not ASCII, a salt with the sign bit set",
                3,
                "josé",
                "pässwörd \"ü\"🐎",
                "91a2b3c4d5e6f708192a3b4c5d6e7f80",
                &pattern::<384>(4),
                "040d6bd6173593db9179154f00ce558198cd29e5c7fb4c80c3a82f5242a6fdee",
                "a4809b9c75efad01f2db7a14d68b1acf1636e8f4e7fc8f4ce6a2d9e070ae96a2",
            ),
            (
                "the longest password, an odd number of digits",
                5,
                "0f9b1c5e-7a51-4f3c-9d0e-52d3b0f4c1aa",
                &odd,
                "abc",
                &pattern::<384>(6),
                "2e265ce43f5a367f2bcfeb96abbbb74b474c69649df4855e36444b4340f0405d",
                "f9fa17dd6e53a3695cff806cbc35fc66b3ec0a271e294268ff06fd415f839c0e",
            ),
            (
                "an empty password, a zero salt, a short public value",
                7,
                "a:b",
                "",
                "0",
                &pattern::<3>(8),
                "6bb6d026dc91f0f0627395a01a884412acec2d97e73c4e22872182a730c79b39",
                "8a3b77634eae261a78e1e62df29496bfd5281eedc0f76981df49d23390d3927a",
            ),
            (
                "a scrambling parameter with leading zeros",
                1,
                "alice",
                "correct horse",
                SALT,
                &pattern::<384>(255),
                plain_hash,
                "1a928db68fdd0a4b4a5ae48b020ba9154086159529c49638e10848122e0e0ef6",
            ),
            (
                "a shared secret with leading zeros",
                1,
                "alice",
                "correct horse",
                SALT,
                &pattern::<384>(178),
                plain_hash,
                "df27bd3b45ad7de7bca0bc291cdb1d81ae59502b916dadafcae7788f6ee58cde",
            ),
            (
                "a public value with leading zeros",
                243,
                "alice",
                "correct horse",
                SALT,
                &plain,
                "04ae80b2ea6e8c9232c914a13903569baea557fa878d1a03c407d17061b3c6a9",
                "0e84717f1ea8df791b0b09643304806857833612ea473eb4d30988d07e781588",
            ),
        ] {
            let key_pair = KeyPair::new(Zeroizing::new(pattern(seed)));
            assert_eq!(hex(&hash(&[key_pair.public().as_bytes()])), public_hash, "{case}");
            let public = hex(public);
            assert_eq!(sign(&key_pair, user, password, salt, &public).as_deref(), Ok(signature), "{case}");
            // Leading zeros and the case of the digits are insignificant.
            let (salt, public) = (format!("000{salt}"), format!("0{}", public.to_uppercase()));
            let public = if public.len() > 768 { hex(&decode_hex(&public).expect("digits")) } else { public };
            assert_eq!(sign(&key_pair, user, password, &salt, &public).as_deref(), Ok(signature), "{case}");
        }
    }

    #[test]
    fn invalid_parameters() {
        let key_pair = KeyPair::new(Zeroizing::new(pattern(1)));
        let modulus = hex(&minimal(Element::MODULUS.as_ref()));
        let long = "f".repeat(770);
        for public in ["", "0", "00", "xyz", "12 34", "-1", &modulus, &long] {
            let error = sign(&key_pair, "alice", "secret", SALT, public).expect_err("an invalid SRP_B");
            assert!(error.starts_with("its SRP_B is "), "{public}");
        }
        for salt in ["", "g", "0x12", &long] {
            assert_eq!(
                sign(&key_pair, "alice", "secret", salt, "1234"),
                Err("its SALT is not a hexadecimal number of at most 3072 bits"),
                "{salt}"
            );
        }
    }

    #[test]
    fn key_pairs_differ() {
        let public = || KeyPair::random().expect("random bytes").public();
        let (first, second) = (public(), public());
        assert_ne!(first, second);
        assert!(first.len() > 700 && first.len() <= 768, "{first}");
    }
}
