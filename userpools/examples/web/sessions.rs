//! Challenges, pending logins and tokens, stored on the server. The browser has an id in a cookie.

use axum::http::HeaderMap;
use axum::http::header::COOKIE;
use cognito_userpools::oauth::PendingLogin;
use cognito_userpools::sign_in::{KeptChallenge, Tokens};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

#[derive(Serialize, Deserialize)]
pub enum Session {
    /// A challenge, and how many more wrong answers are accepted. Anyone who has the text of a challenge can answer it.
    Challenge(KeptChallenge, u8),
    Login(PendingLogin),
    SignedIn(Tokens),
}

/// Stands in for a database: texts by id, each with the time at which it expires.
#[derive(Clone)]
pub struct Sessions {
    path: &'static str,
    texts: Arc<Mutex<HashMap<String, (Instant, String)>>>,
}

impl Sessions {
    pub fn new(path: &'static str) -> Self {
        Self { path, texts: Arc::default() }
    }

    /// Stores a session under a new id and returns the cookie with the id.
    pub fn start(&self, session: &Session) -> String {
        let id = self.put_new(session);
        format!("session={id}; HttpOnly; Secure; SameSite=Strict; Path={}", self.path)
    }

    /// Stores a pending login and returns its cookie. The login page is another site, so with `Strict` the browser
    /// would not send it to the callback.
    pub fn start_login(&self, pending: PendingLogin) -> String {
        let id = self.put_new(&Session::Login(pending));
        format!("login={id}; HttpOnly; Secure; SameSite=Lax; Max-Age=600; Path={}/callback", self.path)
    }

    fn put_new(&self, session: &Session) -> String {
        let mut id = [0; 16];
        getrandom::fill(&mut id).expect("random bytes");
        let id = format!("{:032x}", u128::from_be_bytes(id));
        self.put(id.clone(), session);
        id
    }

    pub fn put(&self, id: String, session: &Session) {
        let minutes = match session {
            Session::Challenge(..) => 3,
            Session::Login(_) => 10,
            Session::SignedIn(_) => 24 * 60,
        };
        let expires = Instant::now() + Duration::from_secs(60 * minutes);
        self.texts().insert(id, (expires, serde_json::to_string(session).expect("JSON")));
    }

    /// Returns the tokens of the user who has sent a request.
    pub fn tokens(&self, headers: &HeaderMap) -> Option<(String, Tokens)> {
        let id = id(headers, "session")?;
        match serde_json::from_str(&self.texts().get(id)?.1) {
            Ok(Session::SignedIn(tokens)) => Some((id.to_owned(), tokens)),
            _ => None,
        }
    }

    /// Removes a challenge, so that two requests cannot answer it at the same time.
    pub fn take_challenge(&self, headers: &HeaderMap) -> Option<(String, KeptChallenge, u8)> {
        let (id, mut texts) = (id(headers, "session")?, self.texts());
        let Ok(Session::Challenge(challenge, attempts)) = serde_json::from_str(&texts.get(id)?.1) else {
            return None;
        };
        texts.remove(id);
        Some((id.to_owned(), challenge, attempts))
    }

    /// Removes a pending login, so that its callback is accepted once.
    pub fn take_login(&self, headers: &HeaderMap) -> Option<PendingLogin> {
        let (id, mut texts) = (id(headers, "login")?, self.texts());
        let Ok(Session::Login(pending)) = serde_json::from_str(&texts.get(id)?.1) else { return None };
        texts.remove(id);
        Some(pending)
    }

    fn texts(&self) -> MutexGuard<'_, HashMap<String, (Instant, String)>> {
        let mut texts = self.texts.lock().unwrap_or_else(PoisonError::into_inner);
        texts.retain(|_, (expires, _)| *expires > Instant::now());
        texts
    }
}

fn id<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    // Over HTTP/2, browsers can send several of these headers.
    let cookies = headers.get_all(COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    cookies.flat_map(|text| text.split("; ")).find_map(|cookie| cookie.strip_prefix(name)?.strip_prefix('='))
}
