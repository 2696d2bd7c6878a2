//! Resends a confirmation code with the AWS SDK, and verifies an access token with jsonwebtoken.

use aws_sdk_cognitoidentityprovider::config::{BehaviorVersion, Region};
use aws_sdk_cognitoidentityprovider::{Client, Config};
use aws_smithy_http_client::Builder;
use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore, rustls_provider::CryptoMode};
use aws_smithy_types::base64;
use driver::{Outcome, TokenUser};
use hmac::{Hmac, KeyInit, Mac};
use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde::Deserialize;
use sha2::Sha256;

fn main() -> Outcome {
    let user = TokenUser::from_arguments();
    driver::block_on(async {
        let tls = TlsContext::builder().with_trust_store(TrustStore::empty()).build()?;
        let http = Builder::new().tls_provider(Provider::Rustls(CryptoMode::Ring)).tls_context(tls).build_https();
        let config = Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .endpoint_url(&user.endpoint)
            .region(Region::from_static("eu-west-1"))
            .http_client(http);
        let client = Client::from_conf(config.build());
        verify(&user)?;
        let request = client.resend_confirmation_code().client_id(&user.client_id).username(&user.username);
        let outcome = request.secret_hash(secret_hash(&user)?).send().await;
        println!("ResendConfirmationCode {outcome:?}");
        Ok(())
    })
}

fn secret_hash(user: &TokenUser) -> Result<String, hmac::digest::InvalidLength> {
    let mut mac = Hmac::<Sha256>::new_from_slice(user.secret.as_bytes())?;
    mac.update(user.username.as_bytes());
    mac.update(user.client_id.as_bytes());
    Ok(base64::encode(mac.finalize().into_bytes()))
}

#[derive(Deserialize)]
struct Claims {
    token_use: String,
    client_id: String,
    username: Option<String>,
}

fn verify(user: &TokenUser) -> Outcome {
    let keys: JwkSet = serde_json::from_str(&user.keys)?;
    let key = decode_header(&user.token)?.kid.and_then(|kid| keys.find(&kid).cloned()).ok_or("an unknown key")?;
    let mut validation = Validation::new(Algorithm::RS256);
    validation.leeway = 0;
    validation.validate_nbf = true;
    // Access tokens have no audience.
    validation.validate_aud = false;
    validation.set_issuer(&[format!("https://cognito-idp.eu-west-1.amazonaws.com/{}", driver::POOL)]);
    validation.set_required_spec_claims(&["exp", "iss"]);
    let claims = decode::<Claims>(&user.token, &DecodingKey::from_jwk(&key)?, &validation)?.claims;
    if claims.token_use != "access" || claims.client_id != user.client_id {
        return Err("not an access token of this app client".into());
    }
    driver::accept(claims.username.as_deref())
}
