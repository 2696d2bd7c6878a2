//! The client's side of the Secure Remote Password protocol (SRP) in Cognito's variant: SRP-6a over the 3072-bit group
//! of [RFC 5054](https://www.rfc-editor.org/rfc/rfc5054#appendix-A) with SHA-256, and a session key derived with HMAC.
//!
//! Exponentiation with a secret takes constant time.

use super::random::random_bytes;
use cognito_op::Error;
use crypto_bigint::modular::ConstMontyForm;
use crypto_bigint::{CtAssign as _, U256, U320, U576, U3072, Uint, const_monty_params};
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
/// The bytes of the random exponent. An exponent with twice as many bits as the strength of the group is as strong as a
/// longer one: RFC 5054 requires 256 bits, and RFC 7919 recommends 275 bits for a group of this size. AWS's clients use
/// 1024 bits.
const EXPONENT_BYTES: usize = 40;
/// The bits of the sum of the random exponent and a product of two hashes.
const SUM_BITS: u32 = 513;

/// The client's ephemeral key pair: a random exponent and the public value.
pub(super) struct KeyPair {
    exponent: Zeroizing<[u8; EXPONENT_BYTES]>,
    public: Vec<u8>,
}

/// The owner of the password.
#[derive(Clone, Copy)]
pub(super) struct Identity<'i> {
    /// Of a user, the part of the user pool's id after the underscore; of a device, the key of its group.
    pub(super) group: &'i str,
    /// The id of a user, or the key of a device.
    pub(super) id: &'i str,
}

/// The parameters of the challenge `PASSWORD_VERIFIER` or `DEVICE_PASSWORD_VERIFIER`, and the other inputs of the
/// proof.
pub(super) struct Challenge<'c> {
    pub(super) identity: Identity<'c>,
    /// `SALT`, in hexadecimal.
    pub(super) salt: &'c str,
    /// `SRP_B`, in hexadecimal.
    pub(super) public: &'c str,
    pub(super) secret_block: &'c [u8],
    pub(super) timestamp: &'c str,
}

impl KeyPair {
    /// Generates a key pair with random bytes from the operating system.
    pub(super) fn random() -> Result<Self, Error> {
        random_bytes().map(Self::new)
    }

    fn new(exponent: Zeroizing<[u8; EXPONENT_BYTES]>) -> Self {
        let power = Zeroizing::new(U320::from_be_slice(exponent.as_ref()));
        let public = minimal(&power_of_two(&power).retrieve());
        Self { exponent, public }
    }

    /// Returns the public value in hexadecimal, `SRP_A`.
    pub(super) fn public(&self) -> String {
        hex(&self.public).trim_start_matches('0').to_owned()
    }

    /// Computes `PASSWORD_CLAIM_SIGNATURE`, without its Base64 encoding. The error states which parameter is invalid.
    pub(super) fn sign(&self, password: &str, challenge: &Challenge<'_>) -> Result<[u8; 32], &'static str> {
        let exponent = Zeroizing::new(U320::from_be_slice(self.exponent.as_ref()));
        let exponent = Zeroizing::new(exponent.resize::<{ U576::LIMBS }>());
        sign(&exponent, SUM_BITS, &self.public, password, challenge)
    }
}

/// Computes a signature with an exponent and its public value. `sum_bits` are the bits of the sum of the exponent and a
/// product of two hashes.
fn sign<const LIMBS: usize>(
    exponent: &Uint<LIMBS>,
    sum_bits: u32,
    public: &[u8],
    password: &str,
    challenge: &Challenge<'_>,
) -> Result<[u8; 32], &'static str> {
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
    let scrambler = hash(&[&padded(public), &padded(&service)]);
    if scrambler == [0; 32] {
        return Err("its SRP_B makes the scrambling parameter zero");
    }

    let private = private(challenge.identity, password, &salt);
    let multiplier = hash(&[&padded(&minimal(Element::MODULUS.as_ref())), &[2]]);
    let verifier = power_of_two(&private);
    let base = Zeroizing::new(service_element - Element::new(&number(&multiplier)) * *verifier);
    let product = Zeroizing::new(private.resize::<LIMBS>());
    let product = Zeroizing::new(product.wrapping_mul(&U256::from_be_slice(&scrambler)));
    let sum = Zeroizing::new(exponent.wrapping_add(&product));
    let shared = Zeroizing::new(base.pow_bounded_exp(&sum, sum_bits));
    let shared = Zeroizing::new(shared.retrieve());
    let secret = Zeroizing::new(padded(&Zeroizing::new(minimal(&shared))));

    let extracted = Zeroizing::new(mac(&padded(strip(&scrambler)), &[&secret]));
    let key = Zeroizing::new(mac(extracted.as_ref(), &[b"Caldera Derived Key", &[1]]));
    let Identity { group, id } = challenge.identity;
    let claim = [group.as_bytes(), id.as_bytes(), challenge.secret_block, challenge.timestamp.as_bytes()];
    let (key, _) = key.split_at(16);
    Ok(mac(key, &claim))
}

/// Computes the verifier of a password, and returns it with the salt. Both are in the form in which the service expects
/// them, without their Base64 encoding.
pub(super) fn verifier(identity: Identity<'_>, password: &str, salt: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let salt = strip(salt);
    let verifier = power_of_two(&private(identity, password, salt)).retrieve();
    (padded(&minimal(&verifier)), padded(salt))
}

/// Computes the private exponent, the discrete logarithm of the verifier.
fn private(Identity { group, id }: Identity<'_>, password: &str, salt: &[u8]) -> Zeroizing<U256> {
    let identity = Zeroizing::new(hash(&[group.as_bytes(), id.as_bytes(), b":", password.as_bytes()]));
    let private = Zeroizing::new(hash(&[&padded(salt), identity.as_ref()]));
    Zeroizing::new(U256::from_be_slice(private.as_ref()))
}

/// Raises the generator, 2, to a power. A multiplication by the generator is a doubling, so this costs a squaring for
/// each bit and no other multiplication.
fn power_of_two<const LIMBS: usize>(exponent: &Uint<LIMBS>) -> Zeroizing<Element> {
    let mut power = Zeroizing::new(Element::ONE);
    for bit in (0..Uint::<LIMBS>::BITS).rev() {
        *power = power.square();
        let doubled = Zeroizing::new(power.double());
        power.ct_assign(&doubled, exponent.bit(bit));
    }
    power
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

/// Returns the big-endian bytes of a number, without leading zeros.
fn minimal(number: &U3072) -> Vec<u8> {
    strip(Zeroizing::new(number.to_be_bytes()).as_ref()).to_vec()
}

fn strip(bytes: &[u8]) -> &[u8] {
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    bytes.get(zeros..).unwrap_or_default()
}

/// Returns the bytes that AWS's clients hash: Java's two's-complement `BigInteger.toByteArray`, in which a zero byte
/// precedes a first byte with the sign bit set.
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
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    use crypto_bigint::{U1024, U1280};

    /// Pseudorandom bytes, which the known signatures were computed from.
    fn pattern<const N: usize>(seed: u64) -> [u8; N] {
        let mut state = seed;
        [(); N].map(|()| {
            state = (state * 1_103_515_245 + 12_345) & 0x7fff_ffff;
            state.to_be_bytes()[5]
        })
    }

    fn signed(
        key_pair: &KeyPair,
        user: &str,
        password: &str,
        salt: &str,
        public: &str,
    ) -> Result<String, &'static str> {
        let challenge = Challenge {
            identity: Identity { group: "Ab12Cd34", id: user },
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
            (pattern::<384>(2), "8be4e81038bcf878f4f08f79262a5870eb1220f961db9dc1dc4e6c887dec073f");
        for (case, seed, user, password, salt, public, public_hash, signature) in [
            (
                "ordinary",
                1,
                "alice",
                "correct horse",
                SALT,
                &plain[..],
                plain_hash,
                "3caac0c3a6d4f7fd4bda2b3762dfe7dbd24b8b8ddf6d88b292d045f2c1d0b417",
            ),
            (
                "not ASCII, a salt with the sign bit set",
                3,
                "josé",
                "pässwörd \"ü\"🐎",
                "91a2b3c4d5e6f708192a3b4c5d6e7f80",
                &pattern::<384>(4),
                "d09379a566d6c7f99c0936957cb5b17c8abf1ca0d9bb206a250121f4f6078dc0",
                "9363df366d55eb028de942b00789af8d21422a0d6869c0d00d04e96503a2c537",
            ),
            (
                "the longest password, an odd number of digits",
                5,
                "0f9b1c5e-7a51-4f3c-9d0e-52d3b0f4c1aa",
                &odd,
                "abc",
                &pattern::<384>(6),
                "e13a41a04bbf643e2625b02732b14294e8214963055fa1c1507a4f9c7e24ef08",
                "c06534cfe8967c90846ca2b39b1cf764278ab0b239b2563374ed112130577486",
            ),
            (
                "an empty password, a zero salt, a short public value",
                7,
                "a:b",
                "",
                "0",
                &pattern::<3>(8),
                "2bd8b3f51d2e56bb45e4c0c9dc6f831312c78cd981a0de90d6a4b6c6d62ef969",
                "763b3cf8427622c57aecbef4fb65ad08c53552c3cd1018c2d0d5347dbce2c85b",
            ),
            (
                "a scrambling parameter with leading zeros",
                1,
                "alice",
                "correct horse",
                SALT,
                &pattern::<384>(166),
                plain_hash,
                "87e63d7bfbc281dabc68b888b969cfa569f9f2bdb6d6d4ea742730663b76c4cf",
            ),
            (
                "a shared secret with leading zeros",
                1,
                "alice",
                "correct horse",
                SALT,
                &pattern::<384>(74),
                plain_hash,
                "4666696b99e4ce9e795c73cdff4fa6c67329e3e74c1cd870ba88ce0afba10371",
            ),
            (
                "a public value with leading zeros",
                90,
                "alice",
                "correct horse",
                SALT,
                &plain,
                "70d409b50f85231bf38af8639e7335b2e765022ba7b2ba5b38d4aab319a5b861",
                "b001e345930d6ad866722d9da3d9102bcfebcb7ce27f1a5f99c4408f6c79c98b",
            ),
        ] {
            let key_pair = KeyPair::new(Zeroizing::new(pattern(seed)));
            assert_eq!(hex(&hash(&[key_pair.public().as_bytes()])), public_hash, "{case}");
            let public = hex(public);
            assert_eq!(signed(&key_pair, user, password, salt, &public).as_deref(), Ok(signature), "{case}");
            // Leading zeros and the case of the digits are insignificant.
            let (salt, public) = (format!("000{salt}"), format!("0{}", public.to_uppercase()));
            let public = if public.len() > 768 { hex(&decode_hex(&public).expect("digits")) } else { public };
            assert_eq!(signed(&key_pair, user, password, &salt, &public).as_deref(), Ok(signature), "{case}");
        }
    }

    #[test]
    fn invalid_parameters() {
        let key_pair = KeyPair::new(Zeroizing::new(pattern(1)));
        let modulus = hex(&minimal(Element::MODULUS.as_ref()));
        let long = "f".repeat(770);
        for public in ["", "0", "00", "xyz", "12 34", "-1", &modulus, &long] {
            let error = signed(&key_pair, "alice", "secret", SALT, public).expect_err("an invalid SRP_B");
            assert!(error.starts_with("its SRP_B is "), "{public}");
        }
        for salt in ["", "g", "0x12", &long] {
            assert_eq!(
                signed(&key_pair, "alice", "secret", salt, "1234"),
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

    /// The tests of aws-cognito-srp 0.2.6 (`src/client/device.rs`) have these values.
    #[test]
    fn known_answers_for_a_device() {
        let identity = Identity { group: "mock-device-group-key", id: "mock-device-key" };
        let password = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQ==";
        let salt = b"01010101010101010101010101010101";
        let (known, known_salt) = verifier(identity, password, salt);
        assert_eq!(
            STANDARD.encode(known),
            "MlDC+806aWjrGBiwORRZRArlVzQm2cOadTDuNvXjLR2FVXmNw2aLKzYdBSLtUhVUs2FHx3JGcRLxH8QR0+HYaMgNCysSaPaA+orn\
             RiQLD/I1K5rJpf6WeAMv7R6wr+Nq6+TCun72ime0UZd/CJSlO2JQ4Jdq55VuvZpBAZAhyEWDGmNQRe11WbxuO8tNSnsqSnUxn9+R\
             Yq+gXOAjdjv1Nn5zvFHTipZyOfUCYDoXtcjfbdkgzDwujTyb7TKeUvqc98/CJoa5b34ukLURIOvVXVYnXCaU4ArYZaI/zNtEdKQq\
             A44kW+ZJSWliFG9nm/H8T8a6rIdwims9PZDau4Xm9968LqDdOB0bKOY8TyeL8merbkf0GPGculp9twCBKwVDcz10JRipDqFiU5by\
             YeBPSj2ucX5TX+dcBhbMqjXXhQNPL1fmd14n2VmmLLSAJm8Tss+h3eqMBsSc4UkzHlyX6MeqsqmEegFGTrmGoyID3LORfk0hzFCj\
             IpHJL6u+WCm1"
        );
        assert_eq!(known_salt, salt);

        // The exponent of that crate has 1024 bits.
        let exponent = U1024::from_be_slice(&[1; 128]);
        let public = minimal(&power_of_two(&exponent).retrieve());
        let known_public =
            "b1ce118779e27c1c015d7a226ecae2ea1fcd017049e4f5c6f9908c686d496dce12a1c017a7523d43e2f3a6bb7e75e2";
        assert!(hex(&public).starts_with(known_public));
        for (value, known) in [
            ("36ef01c6dde9fe503da333b1acc758ba", "O9uSej4H1B4or3Zc7Q4+KxuSvOaEfuq2a7Ye4d16fmo="),
            ("36ef01c", "eXYI/hzMa/5YWYSk1NFcDMOOBAOg+juflcjl38+xx4I="),
        ] {
            let block =
                "9ae77ec7154c14dcc487b47707fee4b4920cb96d8a8c045e4c8df879a7b375524aa736acdec6c9ad4ea606774d00621b";
            let challenge = Challenge {
                identity,
                salt: value,
                public: value,
                secret_block: &STANDARD.decode(block).expect("Base64"),
                timestamp: "Mon Feb 10 18:30:12 UTC 2025",
            };
            let signature = sign(&exponent.resize::<{ U1280::LIMBS }>(), 1025, &public, "password", &challenge);
            assert_eq!(signature.map(|signature| STANDARD.encode(signature)).as_deref(), Ok(known));
        }
    }

    /// A salt is a number: its leading zeros are not significant, and a zero byte precedes the sign bit.
    #[test]
    fn salts_are_numbers() {
        let identity = Identity { group: "-group", id: "key" };
        let salts = [&[0x51, 0x02][..], &[0, 0x51, 0x02], &[0, 0, 0x51, 0x02]];
        let same = salts.map(|salt| verifier(identity, "password", salt));
        assert_eq!(same[0], same[1]);
        assert_eq!(same[0], same[2]);
        assert_eq!(same[0].1, [0x51, 0x02]);
        assert_eq!(verifier(identity, "password", &[0x91]).1, [0, 0x91]);
        assert_eq!(verifier(identity, "password", &[0, 0]).1, [0]);
        let (first, _) = &same[0];
        assert!(first.len() <= 385 && first[0] < 0x80, "{first:?}");
    }
}
