//! Runs the example `web` against the emulator of the service, and calls its routes over HTTP.

#![allow(clippy::expect_used, clippy::panic)]

mod browser;

use cognito_op_example_service::service::{
    self, CLIENT_ID, PASSWORD, PUBLIC_CLIENT_ID, SECOND_USER_POOL_ID, Service, USER_POOL_ID, WITH_APP,
};
use serde_json::{Value, json};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{SystemTime, UNIX_EPOCH};

/// The example in a process of its own, and the emulator that it calls.
struct Web {
    process: Child,
    address: String,
    service: Service,
}

/// A response of the example.
struct Response {
    status: u16,
    /// The session in the cookie that the response sets.
    session: Option<String>,
    /// The cookie of a pending login.
    login: Option<String>,
    /// The header `Location`.
    location: String,
    /// The header `WWW-Authenticate`.
    challenge: String,
    body: Value,
}

impl Web {
    fn start() -> Self {
        Self::start_with(&[])
    }

    fn start_with(variables: &[(&str, &str)]) -> Self {
        let service = Service::start().expect("the emulator");
        let tests = std::env::current_exe().expect("the path of the test");
        let folder = tests.parent().and_then(|deps| deps.parent()).expect("a path in target/*/deps");
        let program = folder.join("examples/web").with_extension(std::env::consts::EXE_EXTENSION);
        assert!(program.exists(), "web is not built: `cargo test` builds the examples, `cargo test --test` does not");
        let mut command = Command::new(program);
        for name in [
            "BLUE_POOL_ID",
            "BLUE_CLIENT_ID",
            "BLUE_CLIENT_SECRET",
            "GREEN_POOL_ID",
            "GREEN_CLIENT_ID",
            "BLUE_DOMAIN",
            "GREEN_DOMAIN",
            "PUBLIC_URL",
            "LISTEN",
        ] {
            command.env_remove(name);
        }
        let url = format!("http://{}", service.address);
        // The region must not change the issuer.
        command.env("COGNITO_REGION", "eu-west-1").env("COGNITO_ENDPOINT", &url).env("COGNITO_ISSUER", &url);
        command.envs(variables.iter().copied());
        let mut process = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the example");
        let stdout = process.stdout.take().expect("its output");
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line).expect("its address");
        let address = line.trim().strip_prefix("http://").expect("an address").to_owned();
        Self { process, address, service }
    }

    fn get(&self, path: &str, session: &str) -> Response {
        self.call("GET", path, session, "")
    }

    fn post(&self, path: &str, session: &str, form: &Value) -> Response {
        self.call("POST", path, session, &form.to_string())
    }

    /// Returns the status of a request with an access token, and the header `WWW-Authenticate`.
    fn bearer(&self, path: &str, header: &str) -> (u16, String) {
        let response = self.send("GET", path, &format!("{header}\r\n"), "");
        (response.status, response.challenge)
    }

    fn call(&self, method: &str, path: &str, session: &str, body: &str) -> Response {
        self.send(method, path, &format!("cookie: a=b\r\ncookie: c=d; session={session}\r\n"), body)
    }

    fn send(&self, method: &str, path: &str, headers: &str, body: &str) -> Response {
        send(&self.address, method, path, headers, body)
    }

    /// Starts a managed login. Returns the URL of the login page, and the cookie.
    fn login(&self, tenant: &str) -> (String, String) {
        let Response { status, location, login, .. } = self.get(&format!("/{tenant}/login"), "");
        assert_eq!(status, 303);
        (location, login.expect("a cookie"))
    }

    /// Fills in the form of a login page. Returns the path of the callback.
    fn fill_in(&self, url: &str, username: &str) -> String {
        let service = self.service.address.to_string();
        let path = url.strip_prefix(&format!("http://{service}")).expect("a page of the emulator");
        assert_eq!(send(&service, "GET", path, "", "").status, 200, "{path}");
        let (_, query) = path.split_once('?').expect("a query");
        let form = format!("username={username}&password={PASSWORD}");
        let response = send(&service, "POST", &format!("/login?{query}"), "", &form);
        assert_eq!(response.status, 302);
        response.location.strip_prefix(&format!("http://{}", self.address)).expect("the callback").to_owned()
    }

    fn callback(&self, path: &str, cookie: &str) -> Response {
        self.send("GET", path, &format!("cookie: login={cookie}\r\n"), "")
    }

    /// The code that the service has sent.
    fn code(&self) -> String {
        self.service.messages.try_recv().expect("a message").code
    }

    /// Signs in with a password, and returns the next step and the session.
    fn sign_in(&self, tenant: &str, email: &str, password: &str) -> (Value, String) {
        let form = json!({ "username": email, "password": password });
        let response = self.post(&format!("/{tenant}/sign-in"), "", &form);
        assert_eq!(response.status, 200, "{}", response.body);
        (response.body, response.session.expect("a cookie"))
    }
}

/// Sends a request to a server.
fn send(address: &str, method: &str, path: &str, headers: &str, body: &str) -> Response {
    let mut stream = TcpStream::connect(address).expect("a connection");
    let length = body.len();
    let request = format!(
        "{method} {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n{headers}\
         content-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
    );
    stream.write_all(request.as_bytes()).expect("the request is sent");
    let mut response = String::new();
    stream.read_to_string(&mut response).expect("the response");
    let (head, body) = response.split_once("\r\n\r\n").expect("a head and a body");
    let tenant = path.split('/').nth(1).unwrap_or_default();
    let cookie = |name: &str, attributes: String| {
        let cookie = head.lines().find_map(|line| line.strip_prefix("set-cookie: ")?.strip_prefix(name))?;
        let (value, found) = cookie.split_once("; ").expect("attributes");
        assert_eq!(found, attributes);
        Some(value.to_owned())
    };
    let location = head.lines().find_map(|line| line.strip_prefix("location: "));
    let challenge = head.lines().find_map(|line| line.strip_prefix("www-authenticate: "));
    Response {
        challenge: challenge.unwrap_or_default().to_owned(),
        status: head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status"),
        session: cookie("session=", format!("HttpOnly; Secure; SameSite=Strict; Path=/{tenant}")),
        login: cookie("login=", format!("HttpOnly; Secure; SameSite=Lax; Max-Age=600; Path=/{tenant}/callback")),
        location: location.unwrap_or_default().to_owned(),
        body: serde_json::from_str(body).unwrap_or_default(),
    }
}

impl Drop for Web {
    fn drop(&mut self) {
        self.process.kill().expect("the process ends");
        self.process.wait().expect("the process has ended");
    }
}

/// The names and codes of the fields that a response marks.
fn fields(response: &Response) -> Vec<(&str, &str)> {
    assert_eq!(response.status, 422, "{}", response.body);
    let fields = response.body["fields"].as_array().expect("fields").iter();
    fields.map(|field| (field["name"].as_str().expect("a name"), field["code"].as_str().expect("a code"))).collect()
}

fn failure(response: &Response) -> (u16, &str) {
    assert_eq!(response.body["fields"], json!([]));
    (response.status, response.body["message"].as_str().expect("a message"))
}

const CODE: (u16, &str) = (422, "The code is wrong or has expired.");
const CREDENTIALS: (u16, &str) = (401, "The email address or the password is wrong.");

#[test]
fn sign_up_and_in_at_each_tenant() {
    let web = Web::start();
    let (email, password) = ("carol@example.com", "Correct-Horse-7");
    for tenant in ["blue", "green"] {
        let post = |route: &str, form: Value| web.post(&format!("/{tenant}/{route}"), "", &form);
        let response = post("sign-up", json!({ "email": email, "password": password }));
        assert_eq!((response.status, &response.body), (201, &json!({ "next": "confirm" })), "{tenant}");
        let taken = post("sign-up", json!({ "email": email, "password": password }));
        assert_eq!(failure(&taken), (409, "There is an account with this address."));

        let first = web.code();
        let response = post("sign-in", json!({ "username": email, "password": password }));
        assert_eq!(failure(&response), (403, "Please confirm your email address first."));
        assert_eq!(post("resend", json!({ "email": email })).status, 202);
        let code = web.code();
        if first != code {
            assert_eq!(failure(&post("confirm", json!({ "email": email, "code": first }))), CODE);
        }
        assert_eq!(post("confirm", json!({ "email": email, "code": code })).status, 204);
        assert_eq!(failure(&post("confirm", json!({ "email": email, "code": code }))), CODE);

        let (next, session) = web.sign_in(tenant, email, password);
        assert_eq!(next, json!({ "next": "done" }));
        let me = web.get(&format!("/{tenant}/me"), &session);
        assert_eq!((me.status, &me.body["username"]), (200, &json!(email)));
        assert_eq!(me.body["attributes"]["email"], email);
        let other = if tenant == "blue" { "green" } else { "blue" };
        assert_eq!(web.get(&format!("/{other}/me"), &session).status, 401, "the session of another tenant");
    }
}

#[test]
fn tokens_are_verified() {
    let web = Web::start();
    let (_, session) = web.sign_in("blue", "bob", PASSWORD);
    let response = web.get("/blue/claims", &session);
    assert_eq!((response.status, &response.body["username"]), (200, &json!("bob")));
    assert_eq!(web.get("/green/claims", &session).status, 401, "the session of another tenant");

    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_secs();
    let issuer = |pool: &str| format!("http://{}/{pool}", web.service.address);
    let claims = json!({
        "iss": issuer(USER_POOL_ID), "client_id": CLIENT_ID, "token_use": "access", "sub": "1", "username": "bob",
        "exp": now + 60,
    });
    let mint = |name: &str, value: Value| {
        let mut claims = claims.clone();
        claims[name] = value;
        format!("authorization: Bearer {}", service::sign(&claims))
    };
    let right = mint("scope", json!("files/read"));
    assert_eq!(web.bearer("/blue/claims", &right), (200, String::new()));
    assert_eq!(web.bearer("/blue/claims", "accept: */*"), (401, "Bearer realm=\"web\"".to_owned()));
    assert_eq!(web.bearer("/blue/claims", &format!("{right}\r\n{right}")).0, 400);
    let expired = web.bearer("/blue/claims", &mint("exp", json!(now - 1)));
    assert!(expired.0 == 401 && expired.1.ends_with("error_description=\"The token has expired\""), "{expired:?}");
    let other = mint("scope", json!("files/write"));
    let signature = other.rsplit_once('.').expect("a signature").1;
    let forged = format!("{}.{signature}", right.rsplit_once('.').expect("a signature").0);
    let identity = mint("token_use", json!("id"));
    for invalid in
        [forged, identity, mint("client_id", json!(PUBLIC_CLIENT_ID)), mint("iss", json!(issuer(SECOND_USER_POOL_ID)))]
    {
        let response = web.bearer("/blue/claims", &invalid);
        assert!(response.0 == 401 && response.1.contains("error=\"invalid_token\""), "{invalid}: {response:?}");
    }
    assert_eq!(web.bearer("/green/claims", &right).0, 401, "the token of another tenant");
    let fetches = web.service.log.requests().iter().filter(|request| request.head[0].contains("jwks.json")).count();
    assert_eq!(fetches, 1);
}

#[test]
fn second_step_in_a_second_request() {
    let web = Web::start();
    let (next, session) = web.sign_in("blue", WITH_APP, PASSWORD);
    assert_eq!(next, json!({ "next": "answer", "destination": null }));
    let code = web.code();
    let answer = |tenant: &str, code: &str| web.post(&format!("/{tenant}/answer"), &session, &json!({ "code": code }));
    assert_eq!(web.get("/blue/me", &session).status, 401, "the sign-in is not complete");
    assert_eq!(answer("green", &code).status, 401, "the challenge of another tenant");

    assert_eq!(fields(&answer("blue", "")), [("code", "too_short")]);
    assert_eq!(failure(&answer("blue", "12345")), CODE);
    let response = answer("blue", &code);
    assert_eq!((response.status, &response.body), (200, &json!({ "next": "done" })));
    let signed_in = response.session.expect("a cookie");
    assert_ne!(signed_in, session);
    assert_eq!(web.get("/blue/me", &signed_in).body["username"], WITH_APP);
    assert_eq!(answer("blue", &code).status, 401, "the challenge was answered");

    assert_eq!(web.post("/blue/answer", &signed_in, &json!({ "code": code })).status, 401, "there is no challenge");
    assert_eq!(web.get("/blue/me", &signed_in).status, 200, "the session remains");
}

#[test]
fn answers_are_limited() {
    let web = Web::start();
    let (_, session) = web.sign_in("blue", WITH_APP, PASSWORD);
    let answer = |code: &str| web.post("/blue/answer", &session, &json!({ "code": code }));
    for _ in 0..5 {
        assert_eq!(failure(&answer("wrong")), CODE);
    }
    assert_eq!(failure(&answer(&web.code())), (401, "Please sign in."));
}

#[test]
fn refresh_at_each_tenant() {
    let web = Web::start();
    for tenant in ["blue", "green"] {
        let (_, session) = web.sign_in(tenant, "bob", PASSWORD);
        for _ in 0..2 {
            assert_eq!(web.post(&format!("/{tenant}/refresh"), &session, &json!({})).status, 204, "{tenant}");
        }
        assert_eq!(web.get(&format!("/{tenant}/me"), &session).status, 200, "{tenant}");
    }
    assert_eq!(failure(&web.post("/blue/refresh", "unknown", &json!({}))), (401, "Please sign in."));
}

#[test]
fn managed_login_at_each_tenant() {
    let web = Web::start();
    for tenant in ["blue", "green"] {
        let (url, cookie) = web.login(tenant);
        let callback = web.fill_in(&url, "bob");
        assert!(callback.starts_with(&format!("/{tenant}/callback?")), "{callback}");
        assert_eq!(failure(&web.callback(&callback, "")), (401, "Please sign in."), "there is no cookie");
        let response = web.callback(&callback, &cookie);
        assert_eq!((response.status, &response.body), (200, &json!({ "next": "done" })), "{tenant}");
        let session = response.session.expect("a cookie");
        assert_eq!(web.get(&format!("/{tenant}/me"), &session).body["username"], "bob");
        assert_eq!(web.post(&format!("/{tenant}/refresh"), &session, &json!({})).status, 204);
        assert_eq!(failure(&web.callback(&callback, &cookie)), (401, "Please sign in."), "the code was used");
    }
}

#[test]
fn callbacks_of_other_logins_are_refused() {
    let web = Web::start();
    let refused = (401, "Please sign in again.");
    // Someone sends the victim the callback of their own login.
    let (url, _) = web.login("blue");
    let (_, cookie) = web.login("blue");
    assert_eq!(failure(&web.callback(&web.fill_in(&url, "bob"), &cookie)), refused);
    // The user cancels.
    let (_, cookie) = web.login("blue");
    assert_eq!(failure(&web.callback("/blue/callback?error=access_denied", &cookie)), refused);
    assert_eq!(failure(&web.callback("/blue/callback?error=access_denied", &cookie)), (401, "Please sign in."));
    // A forged code.
    let (url, cookie) = web.login("blue");
    let state = url.split('&').find_map(|pair| pair.strip_prefix("state=")).expect("a state");
    assert_eq!(failure(&web.callback(&format!("/blue/callback?code=forged&state={state}"), &cookie)), refused);
    // The pending login of another tenant.
    let (url, cookie) = web.login("blue");
    let callback = web.fill_in(&url, "bob").replace("/blue/", "/green/");
    assert_eq!(failure(&web.callback(&callback, &cookie)), (401, "Please sign in."));
}

#[test]
fn forgotten_password() {
    let web = Web::start();
    let post = |route: &str, form: Value| web.post(&format!("/green/{route}"), "", &form);
    assert_eq!(post("forgot-password", json!({ "email": "bob" })).status, 202);
    let code = web.code();
    let form = |code: &str, password: &str| json!({ "email": "bob", "code": code, "newPassword": password });
    assert_eq!(failure(&post("reset-password", form("12345", "Another-Horse-8"))), CODE);
    // The policy of the pool, in the words of the service.
    let weak = post("reset-password", form(&code, "another-horse"));
    let policy = "Password did not conform with policy: Password must have uppercase characters";
    assert_eq!(failure(&weak), (422, policy));
    assert_eq!(post("reset-password", form(&code, "Another-Horse-8")).status, 204);
    assert_eq!(failure(&post("sign-in", json!({ "username": "bob", "password": PASSWORD }))), CREDENTIALS);
    web.sign_in("green", "bob", "Another-Horse-8");
    web.sign_in("blue", "bob", PASSWORD);
}

#[test]
fn violations_have_the_names_of_the_form() {
    let web = Web::start();
    let post = |route: &str, form: Value| web.post(&format!("/blue/{route}"), "", &form);
    let response = post("sign-up", json!({ "email": "a b", "password": "short" }));
    assert_eq!(fields(&response), [("email", "pattern"), ("password", "too_short")]);
    assert_eq!(response.body["fields"][1]["requirement"], "must have at least 8 characters");
    let response = post("reset-password", json!({}));
    let names: Vec<_> = fields(&response).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["email", "code", "newPassword"]);
    assert_eq!(fields(&post("sign-in", json!({}))), [("username", "too_short"), ("password", "too_short")]);
    assert_eq!(fields(&post("confirm", json!({ "email": "carol", "code": "12 345" }))), [("code", "pattern")]);
    for route in ["resend", "forgot-password"] {
        assert!(fields(&post(route, json!({}))).contains(&("email", "too_short")), "{route}");
    }
    assert!(web.service.log.requests().is_empty(), "invalid requests are not sent");

    let response = web.call("POST", "/blue/sign-up", "", r#"{"email": 4711}"#);
    assert_eq!(failure(&response), (422, "This is not the form in JSON."));
    assert_eq!(web.call("POST", "/blue/sign-up", "", "{").status, 400);
}

#[test]
fn a_browser_cannot_set_the_other_members() {
    let web = Web::start();
    let form = json!({
        "email": "carol@example.com", "password": "Correct-Horse-7",
        "clientId": "2example34567890", "client_id": "2example34567890", "secret_hash": "aGFzaA==",
        "client_metadata": { "source": "browser" },
        "user_attributes": [{ "Name": "custom:role", "Value": "admin" }],
    });
    assert_eq!(web.post("/blue/sign-up", "", &form).status, 201);
    let requests = web.service.log.requests();
    let sent: Value = serde_json::from_str(&requests[0].body).expect("JSON");
    assert_eq!(sent["ClientId"], "1example23456789");
    assert_eq!(sent["ClientMetadata"], json!({ "source": "web" }));
    assert_eq!(sent["UserAttributes"], json!([{ "Name": "email", "Value": "carol@example.com" }]));
}

#[test]
fn rules_of_the_forms() {
    let web = Web::start();
    let Response { status, body, .. } = web.get("/green/forms", "");
    assert_eq!(status, 200);
    let names = |form: &str| -> Vec<String> {
        let rules = body[form].as_array().expect("rules").iter();
        rules.map(|rule| rule["name"].as_str().expect("a name").to_owned()).collect()
    };
    assert_eq!(names("sign-up"), ["email", "password"]);
    assert_eq!(names("confirm"), ["email", "code"]);
    assert_eq!((names("resend"), names("forgot-password")), (vec!["email".to_owned()], vec!["email".to_owned()]));
    assert_eq!(names("sign-in"), ["username", "password"]);
    assert_eq!(names("answer"), ["code"]);
    assert_eq!(names("reset-password"), ["email", "code", "newPassword"]);
    let password = &body["sign-up"][1];
    assert_eq!((&password["required"], &password["minLength"]), (&json!(true), &json!(8)));
    assert_eq!(body["sign-up"][0]["maxLength"], 128);
}

#[test]
fn unknown_users_are_not_disclosed() {
    let web = Web::start();
    let post = |route: &str, form: Value| web.post(&format!("/blue/{route}"), "", &form);
    // Unknown, confirmed, and not confirmed.
    for email in ["mallory", "bob", "alice"] {
        for route in ["resend", "forgot-password"] {
            let response = post(route, json!({ "email": email }));
            assert_eq!((response.status, response.body), (202, Value::Null), "{route} {email}");
        }
        let reset = json!({ "email": email, "code": "12345", "newPassword": "Another-Horse-8" });
        assert_eq!(failure(&post("reset-password", reset)), CODE, "{email}");
        assert_eq!(failure(&post("confirm", json!({ "email": email, "code": "12345" }))), CODE, "{email}");
    }
    for email in ["mallory", "bob"] {
        let response = post("sign-in", json!({ "username": email, "password": "wrong" }));
        assert_eq!(failure(&response), CREDENTIALS, "{email}");
    }
}

#[test]
fn errors_of_the_program_and_of_the_network() {
    let web = Web::start_with(&[("BLUE_CLIENT_SECRET", "wrong"), ("GREEN_CLIENT_ID", "unknown")]);
    let form = json!({ "username": "bob", "password": PASSWORD });
    let fault = (500, "This is our fault. Please try again later.");
    assert_eq!(failure(&web.post("/blue/sign-in", "", &form)), fault);
    assert_eq!(failure(&web.post("/green/sign-in", "", &form)), fault);
    assert_eq!(failure(&web.post("/blue/resend", "", &json!({ "email": "alice" }))), fault);

    let web = Web::start_with(&[("COGNITO_ENDPOINT", "http://127.0.0.1:1")]);
    assert_eq!(failure(&web.post("/blue/sign-in", "", &form)), (502, "Please try again."));
}

/// The example is not part of the package, so the chapter contains the function that others copy.
#[test]
fn the_chapter_contains_the_function() {
    let function = |text: &'static str| -> String {
        let start = text.find("pub fn describe(").expect("the function");
        let end = text[start..].find("(status, text.into())").expect("its end");
        // Long lines are split at other places.
        text[start..start + end].chars().filter(|c| !c.is_whitespace() && !matches!(c, ',' | '{' | '}')).collect()
    };
    assert_eq!(function(include_str!("../guide/web.md")), function(include_str!("../examples/web/failure.rs")));
}
