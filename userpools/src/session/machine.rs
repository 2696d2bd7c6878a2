//! A session as a state machine without I/O. The time is an argument.

use super::ended::Ended;
use super::error::{SessionError, SignedOut, Verdict};
use super::held::{Held, Need, Stored};
use super::saved::SavedSession;
use super::watch::SessionState;
use crate::sign_in::Tokens;
use crate::time::Time;
use cognito_op::Error;
use std::error::Error as StdError;
use std::sync::Arc;
use std::time::Duration;

/// The time after a failed refresh in which no other one begins, if the tokens are still valid.
const REST: Duration = Duration::from_secs(30);
/// The minimum time between two reads of the store while no user is signed in.
const INTERVAL: Duration = Duration::from_secs(1);
/// The time after a failed refresh in which no other one begins, if the tokens have expired, or if the refresh token
/// may have been replaced. It doubles with each failure that follows, up to [`LONGEST_BACKOFF`].
const BACKOFF: Duration = Duration::from_secs(1);
const LONGEST_BACKOFF: Duration = Duration::from_secs(10);
/// The longest grace period of an app client, in which a refresh token that was replaced can be used again.
const GRACE: Duration = Duration::from_secs(60);
/// The maximum number of consecutive attempts of a refresh whose outcome is unknown.
const ATTEMPTS: u32 = 3;
/// The maximum number of sessions of other processes that a flight uses. Then, the user is signed out until a later call
/// reads the store.
const ADOPTIONS: u32 = 10;
pub(super) type Failure = Arc<dyn StdError + Send + Sync>;

/// The next step of a caller.
pub(super) enum Look {
    Use(Held),
    /// Uses the tokens that are still valid, while a flight is in progress.
    UseMeanwhile(Held),
    /// Waits for a flight, and calls [`Machine::look`] again.
    Wait,
    Fail(SessionError),
}

/// How a user is signed out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Extent {
    /// Revokes the refresh token.
    Session,
    /// Signs the user out on all devices.
    Everywhere,
}

/// The next action of a flight.
pub(super) enum Action {
    Load,
    Save(Arc<SavedSession>),
    Clear,
    Refresh(Arc<SavedSession>),
    Revoke(Arc<SavedSession>),
    SignOutEverywhere(Arc<SavedSession>),
    /// Ends.
    Rest,
}

/// The result of an action.
pub(super) enum Event {
    Loaded(Result<Option<SavedSession>, Failure>),
    Saved(Result<(), Failure>),
    Cleared(Result<(), Failure>),
    Refreshed(Result<Tokens, Error>),
    /// The result of a revocation or of a global sign-out.
    Revoked(Result<(), Error>),
}

/// The stage of a flight.
#[derive(Clone, Copy)]
enum Stage {
    Idle,
    /// Before a refresh: reads the store, since another process may have refreshed.
    Reload,
    Refresh,
    /// Before the user is signed out: reads the store, since another process may have refreshed, or signed the user in.
    Rejected(SignedOut),
    Clear,
    /// The session was replaced by [`Machine::sign_in`] or [`Machine::sign_out`] during an action.
    Replaced,
}

/// A sign-out that has not ended.
struct SigningOut {
    extent: Extent,
    /// The tokens of this session, and those of another sign-in that another process has saved.
    held: Vec<Held>,
    /// Whether the store was read, which can have other tokens to revoke.
    is_loaded: bool,
    is_cleared: bool,
    is_refreshed: bool,
    failure: Option<SessionError>,
}

/// The failure of the last refresh.
struct FailedRefresh {
    error: SessionError,
    ended: Time,
    /// The number of failures in a row.
    count: u32,
}

/// A session.
pub(super) struct Machine {
    /// The time before the expiry at which tokens are refreshed.
    ahead: Duration,
    /// Whether a refresh replaces the refresh token.
    is_rotating: bool,
    stage: Stage,
    /// Whether the store was read, or the program has replaced its content.
    is_loaded: bool,
    stored: Stored,
    held: Option<Held>,
    why: SignedOut,
    ended: Ended,
    /// New tokens, which are saved before they are used.
    arrived: Option<Held>,
    /// The state to post once they are saved.
    arrived_as: SessionState,
    /// The tokens of the request in flight.
    sending: Option<Arc<SavedSession>>,
    saving: Option<Arc<SavedSession>>,
    /// Whether the program requested a refresh.
    is_forced: bool,
    /// The number of requests in a row in this flight.
    attempts: u32,
    /// The number of sessions of other processes that this flight has used.
    adoptions: u32,
    failed_refresh: Option<FailedRefresh>,
    /// When the first request with an unknown outcome ended, which may have replaced the refresh token.
    unknown_since: Option<Time>,
    /// When the store was last read or cleared.
    read: Option<Time>,
    failed_load: Option<Failure>,
    failed_save: Option<(Failure, Time)>,
    store_failure: Option<Failure>,
    signing_out: Option<SigningOut>,
    /// The numbers of refreshes that have ended, of sign-ins that were saved or replaced, and of sign-outs, with the
    /// result of the last one.
    pub(super) refreshes: u64,
    pub(super) sign_ins: u64,
    pub(super) sign_in_outcome: Result<(), SessionError>,
    pub(super) sign_outs: u64,
    pub(super) sign_out_outcome: Result<(), SessionError>,
    news: Option<SessionState>,
}

impl Machine {
    pub(super) fn new(ahead: Duration, is_rotating: bool) -> Self {
        Self {
            ahead,
            is_rotating,
            stage: Stage::Idle,
            is_loaded: false,
            stored: Stored::Unknown,
            held: None,
            why: SignedOut::NotSignedIn,
            ended: Ended::default(),
            arrived: None,
            arrived_as: SessionState::SignedIn,
            sending: None,
            saving: None,
            is_forced: false,
            attempts: 0,
            adoptions: 0,
            failed_refresh: None,
            unknown_since: None,
            read: None,
            failed_load: None,
            failed_save: None,
            store_failure: None,
            signing_out: None,
            refreshes: 0,
            sign_ins: 0,
            sign_in_outcome: Ok(()),
            sign_outs: 0,
            sign_out_outcome: Ok(()),
            news: None,
        }
    }

    /// Returns the next step of a caller.
    pub(super) fn look(&self, need: Need, now: Time) -> Look {
        let valid = self.held.as_ref().filter(|held| held.is_valid(need, now));
        let must_work = self.arrived.is_some() || self.is_refresh_due(now) || self.is_save_due(now);
        match (valid, must_work) {
            (Some(held), true) => return Look::UseMeanwhile(held.clone()),
            (Some(held), false) => return Look::Use(held.clone()),
            (None, true) => return Look::Wait,
            (None, false) => {}
        }
        if self.is_load_due(now) {
            return Look::Wait;
        }
        if let Some(failure) = &self.failed_load {
            return Look::Fail(SessionError::Store(Arc::clone(failure)));
        }
        match (&self.held, &self.failed_refresh) {
            (None, _) => Look::Fail(SessionError::SignedOut(self.why)),
            (Some(_), Some(failed)) => Look::Fail(failed.error.clone()),
            // The next action signs the user out.
            (Some(held), _) if !held.is_valid(Need::Access, now) => Look::Wait,
            (Some(_), _) => Look::Fail(SessionError::SignedOut(SignedOut::NoRefreshToken)),
        }
    }

    /// Returns the error of the last refresh, unless it succeeded.
    pub(super) fn refresh_failure(&self) -> Option<SessionError> {
        let failure = self.failed_refresh.as_ref().map(|failed| failed.error.clone());
        let cannot = self.held.as_ref().is_some_and(|held| !held.can_refresh());
        failure.or_else(|| cannot.then_some(SessionError::SignedOut(SignedOut::NoRefreshToken)))
    }

    pub(super) fn store_failure(&self) -> Option<Failure> {
        self.store_failure.clone()
    }

    /// Takes the state to post, if it has changed.
    pub(super) fn take_news(&mut self) -> Option<SessionState> {
        self.news.take()
    }

    /// Replaces the session by the tokens of a sign-in.
    pub(super) fn sign_in(&mut self, saved: SavedSession, now: Time) {
        for replaced in self.arrived.iter().chain(&self.held) {
            self.ended.add(&replaced.saved);
        }
        self.ended.remove(&saved);
        self.replace();
        self.arrived = Some(Held::new(Arc::new(saved), now));
        self.arrived_as = SessionState::SignedIn;
    }

    /// Signs the user out. The tokens are no longer used from now on.
    pub(super) fn sign_out(&mut self, extent: Extent) {
        let held = self.arrived.take().or_else(|| self.held.take());
        if let Some(signing_out) = &mut self.signing_out {
            signing_out.extent = signing_out.extent.max(extent);
            signing_out.held.extend(held);
            signing_out.is_cleared = false;
        } else {
            let (held, is_loaded, is_cleared, is_refreshed) = (held.into_iter().collect(), false, false, false);
            self.signing_out = Some(SigningOut { extent, held, is_loaded, is_cleared, is_refreshed, failure: None });
        }
        self.replace();
    }

    fn replace(&mut self) {
        (self.held, self.arrived, self.why) = (None, None, SignedOut::ByProgram);
        (self.failed_refresh, self.unknown_since, self.is_forced) = (None, None, false);
        (self.is_loaded, self.failed_load, self.stage) = (true, None, Stage::Replaced);
        // Callers that wait for the previous session stop waiting.
        self.refreshes += 1;
        self.sign_ins += 1;
        self.sign_in_outcome = Ok(());
    }

    /// Requests a refresh, whether or not it is due.
    pub(super) fn force_refresh(&mut self, now: Time) -> Result<(), SessionError> {
        match self.arrived.as_ref().or(self.held.as_ref()) {
            None if self.is_loaded && !self.is_load_due(now) => return Err(SessionError::SignedOut(self.why)),
            Some(held) if !held.can_refresh() => return Err(SessionError::SignedOut(SignedOut::NoRefreshToken)),
            _ => self.is_forced = true,
        }
        Ok(())
    }

    /// Returns whether the store has to be read, since another process may have signed the user in.
    fn is_load_due(&self, now: Time) -> bool {
        let has_no_user = self.held.is_none() && self.arrived.is_none() && self.signing_out.is_none();
        has_no_user && self.read.is_none_or(|ended| now.since(ended) >= INTERVAL)
    }

    fn is_refresh_due(&self, now: Time) -> bool {
        let Some(held) = self.held.as_ref().filter(|held| held.can_refresh()) else { return false };
        self.is_forced || (held.is_due(self.ahead, now) && self.is_rested(held, now))
    }

    /// Returns whether enough time has passed since the last failed refresh.
    fn is_rested(&self, held: &Held, now: Time) -> bool {
        let Some(failed) = &self.failed_refresh else { return true };
        let is_urgent = (self.is_rotating && self.is_within_grace(now)) || !held.is_valid(Need::All, now);
        let backoff = BACKOFF.saturating_mul(2_u32.saturating_pow(failed.count.saturating_sub(1)));
        now.since(failed.ended) >= if is_urgent { backoff.min(LONGEST_BACKOFF) } else { REST }
    }

    /// Returns whether a refresh token that was replaced can still be used.
    fn is_within_grace(&self, now: Time) -> bool {
        self.unknown_since.is_some_and(|since| now.since(since) < GRACE)
    }

    /// Returns whether tokens that are in use have to be saved.
    fn is_save_due(&self, now: Time) -> bool {
        self.held.is_some() && self.failed_save.as_ref().is_some_and(|(_, ended)| now.since(*ended) >= REST)
    }

    /// Begins a flight. The previous one may have ended in any stage if it panicked.
    pub(super) fn begin(&mut self) {
        self.stage = Stage::Idle;
        (self.attempts, self.adoptions) = (0, 0);
    }

    /// Returns the next action of the flight.
    pub(super) fn next(&mut self, now: Time) -> Action {
        match self.stage {
            Stage::Idle | Stage::Replaced => {
                self.stage = Stage::Idle;
                self.next_when_idle(now)
            }
            Stage::Reload | Stage::Rejected(_) => Action::Load,
            Stage::Refresh => match &self.held {
                Some(held) => self.send(Arc::clone(&held.saved)),
                None => self.next_when_idle(now),
            },
            Stage::Clear => Action::Clear,
        }
    }

    fn next_when_idle(&mut self, now: Time) -> Action {
        if let Some(action) = self.next_of_sign_out(now) {
            return action;
        }
        if let Some(arrived) = &self.arrived {
            return self.save(Arc::clone(&arrived.saved));
        }
        if self.is_load_due(now) {
            return Action::Load;
        }
        let Some(held) = &self.held else {
            // Callers that requested a refresh get the error of the last attempt.
            self.end_refresh();
            return Action::Rest;
        };
        if !held.can_refresh() && !held.is_valid(Need::Access, now) {
            self.stage = Stage::Rejected(SignedOut::NoRefreshToken);
            return Action::Load;
        }
        if self.is_refresh_due(now) {
            (self.stage, self.is_forced) = (Stage::Reload, false);
            return Action::Load;
        }
        let saved = Arc::clone(&held.saved);
        if self.is_save_due(now) { self.save(saved) } else { Action::Rest }
    }

    fn next_of_sign_out(&mut self, now: Time) -> Option<Action> {
        let signing_out = self.signing_out.as_mut()?;
        if !signing_out.is_loaded {
            return Some(Action::Load);
        }
        if !signing_out.is_cleared {
            return Some(Action::Clear);
        }
        while let Some(held) = signing_out.held.pop() {
            self.ended.add(&held.saved);
            match signing_out.extent {
                Extent::Session if held.can_refresh() => return Some(Action::Revoke(held.saved)),
                Extent::Everywhere if held.is_valid(Need::Access, now) => {
                    return Some(Action::SignOutEverywhere(held.saved));
                }
                Extent::Everywhere if held.can_refresh() && !signing_out.is_refreshed => {
                    signing_out.is_refreshed = true;
                    return Some(self.send(held.saved));
                }
                _ => {}
            }
        }
        self.end_sign_out();
        None
    }

    fn end_sign_out(&mut self) {
        let Some(SigningOut { failure, .. }) = self.signing_out.take() else { return };
        self.sign_outs += 1;
        self.sign_out_outcome = failure.map_or(Ok(()), Err);
    }

    fn send(&mut self, saved: Arc<SavedSession>) -> Action {
        self.sending = Some(Arc::clone(&saved));
        self.attempts += 1;
        Action::Refresh(saved)
    }

    fn save(&mut self, saved: Arc<SavedSession>) -> Action {
        self.saving = Some(Arc::clone(&saved));
        Action::Save(saved)
    }

    /// Takes the result of an action.
    pub(super) fn handle(&mut self, event: Event, now: Time) {
        if let Event::Loaded(Err(failure)) | Event::Saved(Err(failure)) | Event::Cleared(Err(failure)) = &event {
            self.store_failure = Some(Arc::clone(failure));
        }
        match event {
            Event::Loaded(outcome) => self.loaded(outcome, now),
            Event::Saved(outcome) => self.saved(outcome, now),
            Event::Cleared(outcome) => self.cleared(outcome, now),
            Event::Refreshed(outcome) => self.refreshed(outcome, now),
            Event::Revoked(outcome) => {
                if let (Some(signing_out), Err(error)) = (&mut self.signing_out, outcome) {
                    // The service has signed the user out already if it does not accept the token.
                    signing_out.failure = signing_out.failure.take().or_else(|| failure_of(error));
                }
            }
        }
    }

    fn loaded(&mut self, outcome: Result<Option<SavedSession>, Failure>, now: Time) {
        let outcome = outcome.map(|found| found.map(Arc::new));
        let has_changed = outcome.as_ref().is_ok_and(|found| self.stored.differs(found.as_ref()));
        let is_ended = |found: &Arc<SavedSession>| self.ended.contains(found);
        let is_new = has_changed && outcome.as_ref().is_ok_and(|found| !found.as_ref().is_some_and(is_ended));
        if let Ok(found) = &outcome {
            self.stored = Stored::new(found.as_ref());
        }
        self.read = Some(now);
        let stage = std::mem::replace(&mut self.stage, Stage::Idle);
        match (stage, outcome) {
            (Stage::Idle | Stage::Replaced, outcome) if self.signing_out.is_some() => {
                let Some(signing_out) = &mut self.signing_out else { return };
                signing_out.is_loaded = true;
                if let Ok(Some(found)) = outcome
                    && (has_changed || signing_out.held.is_empty())
                {
                    signing_out.held.retain(|held| !held.saved.is_of_same_sign_in(&found));
                    signing_out.held.push(Held::new(found, now));
                }
            }
            (Stage::Idle, Ok(found)) if !self.is_loaded => {
                (self.is_loaded, self.failed_load) = (true, None);
                self.held = found.map(|saved| Held::new(saved, now));
                let signed_out = self.state_signed_out();
                self.news = Some(self.held.as_ref().map_or(signed_out, |_| SessionState::SignedIn));
                if !self.held.as_ref().is_some_and(Held::can_refresh) {
                    self.end_refresh();
                }
            }
            (Stage::Idle, Err(failure)) if !self.is_loaded => self.failed_load = Some(failure),
            // Another process has signed the user in.
            (Stage::Idle, Ok(Some(found))) if is_new => {
                self.held = Some(Held::new(found, now));
                self.news = Some(SessionState::SignedIn);
                self.end_refresh();
            }
            (Stage::Reload, Ok(found)) if is_new => self.adopt(found, now),
            (Stage::Rejected(reason), Ok(Some(_))) if is_new && self.adoptions >= ADOPTIONS => {
                // So that the next read takes these tokens for new ones.
                self.stored = Stored::Empty;
                self.signed_out(reason);
                self.end_refresh();
            }
            (Stage::Rejected(_), Ok(found)) if is_new => {
                self.attempts = 0;
                self.adopt(found, now);
            }
            (Stage::Reload, _) => self.stage = Stage::Refresh,
            (Stage::Rejected(reason), _) => {
                if let Some(held) = &self.held {
                    self.ended.refuse(&held.saved);
                }
                self.signed_out(reason);
                self.end_refresh();
                self.stage = Stage::Clear;
            }
            _ => {}
        }
    }

    /// Uses the session that another process has saved.
    fn adopt(&mut self, found: Option<Arc<SavedSession>>, now: Time) {
        let Some(found) = found else {
            self.signed_out(SignedOut::Elsewhere);
            return self.end_refresh();
        };
        self.adoptions += 1;
        let held = Held::new(found, now);
        (self.failed_refresh, self.unknown_since, self.failed_save) = (None, None, None);
        if held.is_due(self.ahead, now) {
            self.stage = Stage::Refresh;
        } else {
            self.news = Some(SessionState::Refreshed);
            self.end_refresh();
        }
        self.held = Some(held);
    }

    fn saved(&mut self, outcome: Result<(), Failure>, now: Time) {
        let Some(saved) = self.saving.take() else { return };
        let is_replaced = matches!(std::mem::replace(&mut self.stage, Stage::Idle), Stage::Replaced);
        match outcome {
            Ok(()) => {
                self.stored = Stored::Session(saved);
                (self.failed_save, self.store_failure) = (None, None);
                self.sign_in_outcome = Ok(());
            }
            Err(failure) => {
                self.sign_in_outcome = Err(SessionError::Store(Arc::clone(&failure)));
                self.failed_save = Some((failure, now));
            }
        }
        if is_replaced {
            return;
        }
        if let Some(arrived) = self.arrived.take() {
            self.held = Some(arrived);
            self.news = Some(self.arrived_as);
            if self.arrived_as == SessionState::Refreshed {
                self.end_refresh();
            } else {
                self.sign_ins += 1;
            }
        }
    }

    fn cleared(&mut self, outcome: Result<(), Failure>, now: Time) {
        (self.stage, self.read) = (Stage::Idle, Some(now));
        if outcome.is_ok() {
            (self.stored, self.store_failure) = (Stored::Empty, None);
        }
        self.failed_save = None;
        if let Some(signing_out) = &mut self.signing_out {
            signing_out.is_cleared = true;
            if let Err(failure) = outcome {
                signing_out.failure = Some(SessionError::Store(failure));
            }
            if self.arrived.is_none() {
                self.news = Some(self.state_signed_out());
            }
        }
    }

    fn refreshed(&mut self, outcome: Result<Tokens, Error>, now: Time) {
        let Some(sent) = self.sending.take() else { return };
        let stage = std::mem::replace(&mut self.stage, Stage::Idle);
        let outcome = outcome.map(|tokens| Held::new(Arc::new(sent.refreshed(tokens, now.system_time())), now));
        if let Some(signing_out) = &mut self.signing_out {
            match outcome {
                // The refresh token may have been replaced.
                Ok(held) => {
                    signing_out.held.retain(|other| !other.saved.is_of_same_sign_in(&sent));
                    signing_out.held.push(held);
                }
                Err(error) if signing_out.is_refreshed => {
                    signing_out.failure = signing_out.failure.take().or_else(|| failure_of(error));
                }
                Err(_) => {}
            }
            return;
        }
        if matches!(stage, Stage::Replaced) {
            return;
        }
        let error = match outcome {
            Ok(held) => {
                (self.arrived, self.arrived_as) = (Some(held), SessionState::Refreshed);
                (self.failed_refresh, self.unknown_since) = (None, None);
                return;
            }
            Err(error) => error,
        };
        let verdict = Verdict::of(&error);
        if error.may_have_executed() {
            self.unknown_since.get_or_insert(now);
            // A refresh without rotation has no effect, and a refresh token that was replaced can be used again for a
            // while. Another process may have refreshed meanwhile.
            if matches!(verdict, Verdict::Unavailable) && self.attempts < ATTEMPTS && self.is_within_grace(now) {
                self.stage = Stage::Reload;
                return;
            }
        }
        let error = match verdict {
            Verdict::SignedOut(reason) => {
                self.stage = Stage::Rejected(reason);
                return;
            }
            Verdict::Unavailable => SessionError::Unavailable(Arc::new(error)),
            Verdict::Rejected => SessionError::Rejected(Arc::new(error)),
        };
        let count = self.failed_refresh.as_ref().map_or(0, |failed| failed.count).saturating_add(1);
        self.failed_refresh = Some(FailedRefresh { error, ended: now, count });
        self.end_refresh();
    }

    fn end_refresh(&mut self) {
        self.refreshes += 1;
        self.is_forced = false;
    }

    fn signed_out(&mut self, reason: SignedOut) {
        (self.held, self.arrived, self.why) = (None, None, reason);
        (self.failed_refresh, self.unknown_since, self.failed_save) = (None, None, None);
        self.news = Some(self.state_signed_out());
    }

    fn state_signed_out(&self) -> SessionState {
        SessionState::SignedOut(self.why)
    }
}

/// Returns the error of a sign-out whose request failed, or `None` if the service does not accept the tokens any more.
fn failure_of(error: Error) -> Option<SessionError> {
    match Verdict::of(&error) {
        Verdict::SignedOut(_) => None,
        Verdict::Unavailable => Some(SessionError::Unavailable(Arc::new(error))),
        Verdict::Rejected => Some(SessionError::Rejected(Arc::new(error))),
    }
}

#[cfg(test)]
#[cfg(feature = "mock")]
mod tests;
