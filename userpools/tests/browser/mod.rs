//! The page of the example in headless Chromium with a virtual authenticator.

mod driver;

use super::Web;
use cognito_op_example_service::service::{CONFIRMED, PASSWORD};
use driver::Browser;
use serde_json::{Value, json};

/// The relying party of the emulator.
const HOST: &str = "app.localhost";
const OTHER_HOST: &str = "other.app.localhost";

/// A browser with an authenticator, and the page at a host of the loopback interface.
struct Page {
    browser: Browser,
    web: Web,
}

impl Page {
    fn open(host: &str) -> Self {
        let page = Self { browser: Browser::start(), web: Web::start() };
        page.go(host);
        page
    }

    fn go(&self, host: &str) {
        let (_, port) = self.web.address.rsplit_once(':').expect("a port");
        self.browser.go(&format!("http://{host}:{port}/blue/passkeys"));
    }

    /// Fills in a form, submits it, and returns the text of the page after that.
    fn submit(&self, form: &str, values: &Value) -> String {
        let script = "
            const [id, values] = arguments;
            const form = document.getElementById(id);
            for (const [name, value] of Object.entries(values)) form.elements[name].value = value;
            const output = document.querySelector('output');
            output.textContent = '';
            const changed = new Promise((resolve) => {
              new MutationObserver(() => output.textContent && resolve(output.textContent))
                .observe(output, { childList: true });
            });
            form.querySelector('button').click();
            return changed;";
        self.browser.run(script, &json!([form, values])).as_str().expect("a text").to_owned()
    }

    fn sign_in_with_password(&self) {
        let text = self.submit("with-password", &json!({ "username": CONFIRMED, "password": PASSWORD }));
        assert_eq!(text, "You are signed in as bob.");
    }

    fn register(&self) {
        self.sign_in_with_password();
        assert_eq!(self.submit("add", &json!({})), "Your account has a new passkey.");
    }

    fn sign_in_with_passkey(&self) -> String {
        self.submit("with-passkey", &json!({ "username": CONFIRMED }))
    }

    /// The credentials of the requests that the service received for an operation.
    fn credentials(&self, operation: &str) -> Vec<Value> {
        let requests = self.web.service.log.requests();
        let target = format!(".{operation}");
        let is_for = |head: &[String]| head.iter().any(|line| line.ends_with(&target));
        let bodies = requests.iter().filter(|request| is_for(&request.head)).map(|request| &request.body);
        let credential = |body: &String| {
            let body: Value = serde_json::from_str(body).expect("JSON");
            match &body["ChallengeResponses"]["CREDENTIAL"] {
                Value::String(text) => serde_json::from_str(text).expect("JSON"),
                _ => body["Credential"].clone(),
            }
        };
        bodies.map(credential).collect()
    }
}

#[test]
fn a_passkey_is_registered_and_signs_in() {
    let page = Page::open(HOST);
    assert_eq!(page.sign_in_with_passkey(), "Error: Please sign in without a passkey.");
    page.register();
    let [registered] = page.credentials("CompleteWebAuthnRegistration").try_into().expect("one request");
    let [stored] = page.browser.credentials().try_into().expect("one passkey");
    assert_eq!(registered["id"], stored["credentialId"]);
    assert_eq!(stored["rpId"], HOST);
    // Members that the crate does not read arrive.
    assert!(registered["response"]["publicKey"].is_string(), "{registered}");

    page.browser.forget_cookies();
    assert_eq!(page.web.get("/blue/me", "").status, 401);
    for _ in 0..2 {
        assert_eq!(page.sign_in_with_passkey(), "You are signed in as bob.");
    }
    let me = "return (await fetch('me')).json()";
    assert_eq!(page.browser.run(me, &json!([]))["username"], CONFIRMED);
    let proofs = page.credentials("RespondToAuthChallenge");
    assert_eq!(proofs.len(), 2);
    assert_eq!(proofs[0]["id"], stored["credentialId"]);
    assert_ne!(proofs[0]["response"]["signature"], proofs[1]["response"]["signature"]);

    // The authenticator does not create a second passkey for the user.
    assert!(page.submit("add", &json!({})).starts_with("InvalidStateError"));
    // Without the passkey, the browser reports an error.
    page.browser.forget_credentials();
    assert!(page.sign_in_with_passkey().starts_with("NotAllowedError"));
}

#[test]
fn a_proof_is_accepted_once() {
    let page = Page::open(HOST);
    page.register();
    let script = "
        const { options } = await post('passkeys/sign-in', { username: 'bob' });
        const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
        const proof = await navigator.credentials.get({ publicKey });
        const answer = () => post('passkeys/answer', proof).then(() => 'accepted', (error) => error.message);
        const first = await answer();
        // Another challenge, and the same proof.
        await post('passkeys/sign-in', { username: 'bob' });
        return [first, await answer(), await answer()];";
    let outcomes = page.browser.run(script, &json!([]));
    assert_eq!(outcomes, json!(["accepted", "Please sign in without a passkey.", "Please sign in."]));
    assert_eq!(page.credentials("RespondToAuthChallenge").len(), 2);
}

#[test]
fn the_browser_refuses_another_host() {
    let page = Page::open("127.0.0.1");
    page.sign_in_with_password();
    let text = page.submit("add", &json!({}));
    assert!(text.starts_with("SecurityError"), "{text}");
    assert!(page.credentials("CompleteWebAuthnRegistration").is_empty());
}

/// The browser allows the other host to use the relying party, as its subdomain. Only the origin differs.
#[test]
fn the_service_refuses_another_origin() {
    let page = Page::open(OTHER_HOST);
    page.sign_in_with_password();
    assert_eq!(page.submit("add", &json!({})), "Error: This passkey cannot be used here.");
    let [refused] = page.credentials("CompleteWebAuthnRegistration").try_into().expect("one request");
    page.browser.forget_credentials();

    page.go(HOST);
    page.register();
    page.go(OTHER_HOST);
    assert_eq!(page.sign_in_with_passkey(), "Error: Please sign in without a passkey.");
    page.go(HOST);
    assert_eq!(page.sign_in_with_passkey(), "You are signed in as bob.");
    let proofs = page.credentials("RespondToAuthChallenge");
    assert_eq!(proofs.len(), 2);
    assert_eq!(proofs[0]["id"], proofs[1]["id"]);
    assert_ne!(proofs[0]["id"], refused["id"]);
}
