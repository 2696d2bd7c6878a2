//! A device that the pool does not know yet.

use super::device::Device;
use crate::operations::{ConfirmDevice, DeviceSecretVerifierConfigType};
use crate::sign_in::{Offload, Request, StepFuture, Transition, device_verifier, drive_blocking, random_bytes};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cognito_op::arguments::IntoMember;
use cognito_op::{Client, Error, Operation as _, blocking};
use std::fmt;
use std::sync::Arc;
use zeroize::Zeroizing;

/// The number of random bytes in a password, as in the clients of AWS.
const PASSWORD_BYTES: usize = 40;
const SALT_BYTES: usize = 16;

/// A device that the pool does not know yet, and that the program may confirm.
///
/// [`Tokens::new_device`](crate::sign_in::Tokens::new_device) returns it. Dropping it has no effect: the service offers
/// a new device again after the next sign-in.
///
/// ```
/// use cognito_userpools::devices::Device;
/// use cognito_userpools::sign_in::Tokens;
/// use cognito_userpools::{Error, blocking};
///
/// /// Returns the device to keep.
/// fn confirm(client: &blocking::Client, tokens: &Tokens) -> Result<Option<Device>, Error> {
///     let Some(new) = tokens.new_device() else { return Ok(None) };
///     println!("the key of the device is {}", new.key());
///     let confirmed = new.name("Alice's laptop").confirm_blocking(client)?;
///     Ok(Some(confirmed.device))
/// }
/// ```
#[must_use = "the device is confirmed when `confirm` is called"]
pub struct NewDevice {
    key: String,
    group_key: String,
    access_token: Zeroizing<String>,
    name: Option<String>,
    offload: Option<Offload>,
}

impl NewDevice {
    pub(crate) fn new(key: impl Into<String>, group_key: impl Into<String>, access_token: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            group_key: group_key.into(),
            access_token: Zeroizing::new(access_token.into()),
            name: None,
            offload: None,
        }
    }

    /// Returns the key of the device.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Sets a name for the device, by which the user recognizes it in a list.
    pub fn name<F>(mut self, name: impl IntoMember<String, F>) -> Self {
        self.name = name.into_member();
        self
    }

    /// Sets the function that computes the verifier of the password elsewhere, as in
    /// [`SignIn::offload`](crate::sign_in::SignIn::offload). It is called once.
    ///
    /// ```
    /// use cognito_userpools::devices::{ConfirmedDevice, NewDevice};
    /// use cognito_userpools::{Client, Error};
    ///
    /// async fn confirm(client: &Client, new: NewDevice) -> Result<ConfirmedDevice, Error> {
    ///     new.offload(|computation| drop(tokio::task::spawn_blocking(computation)))
    ///         .confirm(client)
    ///         .await
    /// }
    /// ```
    pub fn offload(mut self, run: impl Fn(Box<dyn FnOnce() + Send>) + Send + Sync + 'static) -> Self {
        self.offload = Some(Arc::new(run));
        self
    }

    fn transition(mut self) -> Transition<Result<ConfirmedDevice, Error>> {
        Transition::Compute(self.offload.take(), Box::new(|| self.request()))
    }

    /// Creates a random password, and returns the request with its verifier.
    fn request(mut self) -> Transition<Result<ConfirmedDevice, Error>> {
        let random = random_bytes::<PASSWORD_BYTES>().and_then(|bytes| Ok((bytes, random_bytes::<SALT_BYTES>()?)));
        let (password, salt) = match random {
            Ok((password, salt)) => (STANDARD.encode(&password[..]), salt),
            Err(error) => return Transition::Done(Err(error.for_operation(ConfirmDevice::NAME))),
        };
        let device = Device::new(self.key, self.group_key, password);
        let (verifier, salt) = device_verifier(&device, &salt[..]);
        let config = DeviceSecretVerifierConfigType::new()
            .password_verifier(STANDARD.encode(verifier))
            .salt(STANDARD.encode(salt));
        let operation = ConfirmDevice::new(std::mem::take(&mut *self.access_token), device.key())
            .device_name(self.name)
            .device_secret_verifier_config(config);
        Transition::send(Request::new(operation, None), |response| {
            Transition::Done(
                response
                    .map(|response| ConfirmedDevice { device, needs_consent: response.user_confirmation_necessary }),
            )
        })
    }

    /// Confirms the device, with a new random password.
    pub fn confirm(self, client: &Client) -> StepFuture<'_, Result<ConfirmedDevice, Error>> {
        StepFuture::new(client, self.transition())
    }

    /// Confirms the device, with a new random password. Blocks until the response arrives.
    ///
    /// # Errors
    ///
    /// Returns any error of the call; see [`ErrorKind`](crate::ErrorKind).
    pub fn confirm_blocking(self, client: &blocking::Client) -> Result<ConfirmedDevice, Error> {
        drive_blocking(client, self.transition())
    }
}

impl fmt::Debug for NewDevice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewDevice").finish_non_exhaustive()
    }
}

/// The result of [`NewDevice::confirm`].
///
/// ```
/// use cognito_userpools::devices::{ConfirmedDevice, Device};
/// use cognito_userpools::{Client, Error};
///
/// /// Asks for consent if the pool requires it. Returns the device to keep.
/// async fn decide(
///     client: &Client,
///     token: &str,
///     confirmed: ConfirmedDevice,
///     ask: impl Fn(&str) -> bool,
/// ) -> Result<Device, Error> {
///     let device = confirmed.device;
///     if confirmed.needs_consent {
///         device.set_remembered(token, ask("Remember this device?")).send(client).await?;
///     }
///     Ok(device)
/// }
/// ```
#[derive(Debug)]
#[must_use = "later sign-ins need the device"]
#[non_exhaustive]
pub struct ConfirmedDevice {
    /// The device for later sign-ins. Keep it even if it is not remembered: the service issues the refresh tokens for
    /// this device.
    pub device: Device,
    /// Whether the pool lets the user decide if the device is remembered. If so, it is not remembered until
    /// [`Device::set_remembered`] sets this.
    pub needs_consent: bool,
}
