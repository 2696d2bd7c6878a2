use super::*;
use cognito_op::{ErrorKind, mock::Mock};
use std::time::{SystemTime, UNIX_EPOCH};

/// Pseudorandom numbers, which are the same in each run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

/// An error of the service.
fn error(kind: ErrorKind, message: &str) -> Error {
    let mock = Mock::new();
    mock.on::<crate::operations::GlobalSignOut>().fail_with(kind, message);
    let client = mock.blocking_client();
    let operation = crate::operations::GlobalSignOut::new("token");
    let call = client.call(&operation).retries(cognito_op::Retries::off());
    call.send().map(|_| ()).expect_err("an error")
}

struct World {
    machine: Machine,
    monotonic: Duration,
    of_day: SystemTime,
    numbers: Numbers,
    store: Option<SavedSession>,
    issued: u32,
}

impl World {
    fn now(&self) -> Time {
        Time::new(self.monotonic, &|| self.of_day)
    }

    fn tokens(&mut self) -> Tokens {
        self.issued += 1;
        let mut tokens = Tokens::new(format!("access {}", self.issued));
        tokens.refresh_token = (self.numbers.below(4) > 0).then(|| format!("refresh {}", self.issued));
        tokens.expires_in = Some(Duration::from_secs(self.numbers.below(7200)));
        tokens
    }

    fn advance(&mut self) {
        let time = Duration::from_secs(self.numbers.below(1200));
        self.monotonic += time;
        // The clock stands still, runs, or is set back.
        self.of_day = match self.numbers.below(8) {
            0 => self.of_day,
            1 => self.of_day - time * 20,
            _ => self.of_day + time,
        };
    }

    /// The actions of the program and of other processes, at any time.
    fn disturb(&mut self) {
        match self.numbers.below(6) {
            0 => {
                let saved = SavedSession::new(self.tokens(), self.of_day);
                self.machine.sign_in(saved, self.now());
            }
            1 => self.machine.sign_out(Extent::Session),
            2 => self.machine.sign_out(Extent::Everywhere),
            3 => drop(self.machine.force_refresh(self.now())),
            4 => self.store = Some(SavedSession::new(self.tokens(), self.of_day)),
            _ => self.store = None,
        }
    }

    fn event(&mut self, action: Action) -> Option<Event> {
        let has_failed = self.numbers.below(4) == 0;
        let failure = || Failure::from(Box::<dyn StdError + Send + Sync>::from("the disk is full"));
        Some(match action {
            Action::Rest => return None,
            Action::Load if has_failed => Event::Loaded(Err(failure())),
            Action::Load => Event::Loaded(Ok(self.store.clone())),
            Action::Save(_) if has_failed => Event::Saved(Err(failure())),
            Action::Save(saved) => {
                self.store = Some((*saved).clone());
                Event::Saved(Ok(()))
            }
            Action::Clear if has_failed => Event::Cleared(Err(failure())),
            Action::Clear => {
                self.store = None;
                Event::Cleared(Ok(()))
            }
            Action::Refresh(_) => Event::Refreshed(match self.numbers.below(8) {
                0 => Err(error(ErrorKind::NotAuthorized, "Refresh Token has been revoked")),
                1 => Err(error(ErrorKind::InternalError, "")),
                2 => Err(error(ErrorKind::TooManyRequests, "")),
                3 => Err(error(ErrorKind::InvalidParameter, "")),
                _ => Ok(self.tokens()),
            }),
            Action::Revoke(_) | Action::SignOutEverywhere(_) if has_failed => {
                Event::Revoked(Err(error(ErrorKind::InternalError, "")))
            }
            Action::Revoke(_) | Action::SignOutEverywhere(_) => Event::Revoked(Ok(())),
        })
    }

    /// Runs a flight, and returns its number of actions.
    fn fly(&mut self, is_disturbed: bool) -> u32 {
        self.machine.begin();
        for count in 0..100 {
            let action = self.machine.next(self.now());
            if is_disturbed && self.numbers.below(4) == 0 {
                self.disturb();
            }
            let Some(event) = self.event(action) else { return count };
            self.machine.handle(event, self.now());
        }
        panic!("a flight does not end");
    }
}

/// Each flight ends, and a caller that waited for one does not wait again.
#[test]
fn callers_do_not_wait_in_vain() {
    for seed in 0..2_000 {
        let (monotonic, of_day) = (Duration::ZERO, UNIX_EPOCH + Duration::from_secs(1_800_000_000));
        let machine = Machine::new(Duration::from_secs(300), seed % 2 == 0);
        let mut world = World { machine, monotonic, of_day, numbers: Numbers(seed), store: None, issued: 0 };
        for _ in 0..20 {
            if world.numbers.below(2) == 0 {
                world.disturb();
            }
            world.advance();
            if world.numbers.below(3) == 0 {
                world.fly(true);
            }
            let (refreshes, is_forced) = (world.machine.refreshes, world.machine.is_forced);
            let actions = world.fly(false);
            assert!(actions <= 16, "{seed}: {actions}");
            for need in [Need::Access, Need::Id, Need::All] {
                let look = world.machine.look(need, world.now());
                assert!(!matches!(look, Look::Wait), "{seed}: {need:?}");
            }
            assert!(world.machine.arrived.is_none() && world.machine.signing_out.is_none(), "{seed}");
            assert!(!is_forced || world.machine.refreshes > refreshes, "{seed}: a refresh that was asked for");
        }
    }
}

/// Other processes save tokens all the time. All of them have expired, and cannot be refreshed.
#[test]
fn a_flight_ends_although_the_store_has_other_tokens_each_time() {
    for can_refresh in [true, false] {
        let of_day = UNIX_EPOCH + Duration::from_secs(7200);
        let now = Time::new(Duration::ZERO, &|| of_day);
        let mut machine = Machine::new(Duration::from_secs(300), false);
        let saved = |number: u32| {
            let mut tokens = Tokens::new(format!("access {number}"));
            tokens.refresh_token = can_refresh.then(|| format!("refresh {}", number % 3));
            tokens.expires_in = Some(Duration::from_secs(3600));
            SavedSession::new(tokens, UNIX_EPOCH)
        };
        machine.begin();
        let (mut loads, mut requests) = (0, 0);
        loop {
            let event = match machine.next(now) {
                Action::Load => {
                    loads += 1;
                    assert!(loads < 100, "the flight does not end");
                    Event::Loaded(Ok(Some(saved(loads))))
                }
                Action::Refresh(_) => {
                    requests += 1;
                    Event::Refreshed(Err(error(ErrorKind::NotAuthorized, "Refresh Token has been revoked")))
                }
                Action::Rest => break,
                _ => panic!("the tokens in the store are changed"),
            };
            machine.handle(event, now);
        }
        assert_eq!(requests, if can_refresh { ADOPTIONS } else { 0 });
        let expected = if can_refresh { SignedOut::Revoked } else { SignedOut::NoRefreshToken };
        let Look::Fail(SessionError::SignedOut(reason)) = machine.look(Need::Access, now) else {
            panic!("the user is not signed out")
        };
        assert_eq!(reason, expected);

        // A later call uses tokens that are valid, even if they are those that were found last.
        let later = Time::new(INTERVAL, &|| UNIX_EPOCH);
        assert!(matches!(machine.look(Need::Access, later), Look::Wait));
        machine.begin();
        assert!(matches!(machine.next(later), Action::Load));
        machine.handle(Event::Loaded(Ok(Some(saved(loads)))), later);
        assert!(matches!(machine.look(Need::Access, later), Look::Use(_)));
    }
}
