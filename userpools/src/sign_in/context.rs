//! The values that all requests of a sign-in share.

use super::machine::Request;
use super::offload::Offload;
#[cfg(feature = "admin-users")]
use crate::admin::{AdminInitiateAuth, AdminRespondToAuthChallenge, ContextDataType};
use crate::devices::Device;
use crate::operations::{
    AnalyticsMetadataType, AuthFlowType, ChallengeNameType, InitiateAuth, RespondToAuthChallenge, UserContextDataType,
};
use cognito_op::{Error, Operation as _, Reason};
use std::collections::BTreeMap;
#[cfg(not(feature = "admin-users"))]
use std::convert::Infallible as ContextDataType;

/// The values that all requests of a sign-in share.
#[derive(Clone, Default)]
pub(super) struct Context {
    /// The name or alias that the caller gave, until a response contains the user name in the pool.
    pub(super) username: String,
    pub(super) analytics_metadata: Option<AnalyticsMetadataType>,
    pub(super) client_metadata: Option<BTreeMap<String, String>>,
    pub(super) device_key: Option<String>,
    /// The device, until its password is proved.
    pub(super) device: Option<Device>,
    /// The key of the device that the pool does not know.
    pub(super) forgotten_device: Option<String>,
    pub(super) user_context_data: Option<UserContextDataType>,
    pub(super) offload: Option<Offload>,
    /// The id of the user pool, for a sign-in by a back end.
    ///
    /// Its setter does not take an `Option`. Without an id, the requests would be sent without credentials.
    ///
    /// ```compile_fail
    /// use cognito_userpools::sign_in::SignIn;
    ///
    /// let sign_in = SignIn::user_auth("alice").admin(None::<String>);
    /// ```
    pub(super) user_pool_id: Option<String>,
    /// The counterpart of `user_context_data` for a sign-in by a back end.
    pub(super) admin_data: Option<ContextDataType>,
}

/// Declares the setters of the fields of a [`Context`], for a type that contains one.
macro_rules! context_setters {
    ($($context:tt)+) => {
        /// Sets the Amazon Pinpoint endpoint of the user's device. It is sent with every request of the sign-in.
        ///
        /// ```
        /// use cognito_userpools::sign_in::SignIn;
        /// use cognito_userpools::operations::AnalyticsMetadataType;
        ///
        /// let metadata = AnalyticsMetadataType::new().analytics_endpoint_id("the endpoint's id");
        /// let sign_in = SignIn::user_auth("alice").analytics_metadata(metadata);
        /// ```
        pub fn analytics_metadata<F>(
            mut self,
            metadata: impl cognito_op::arguments::IntoMember<crate::operations::AnalyticsMetadataType, F>,
        ) -> Self {
            self.$($context)+.analytics_metadata = metadata.into_member();
            self
        }

        /// Sets the key-value pairs that the Lambda triggers of the pool receive. They are sent with every request of
        /// the sign-in.
        ///
        /// ```
        /// use cognito_userpools::sign_in::SignIn;
        ///
        /// let sign_in =
        ///     SignIn::user_auth("alice").client_metadata([("language", "de")]);
        /// ```
        pub fn client_metadata<F>(
            mut self,
            metadata: impl cognito_op::arguments::IntoMember<
                std::collections::BTreeMap<String, String>,
                F,
                cognito_op::arguments::Pairs,
            >,
        ) -> Self {
            self.$($context)+.client_metadata = metadata.into_member();
            self
        }

        /// Sets the key of the device, for a pool that remembers devices. It is sent with every request. For a sign-in,
        /// a [`Device`](crate::devices::Device) is better: it also proves the password of the device.
        ///
        /// ```
        /// use cognito_userpools::sign_in::SignIn;
        ///
        /// let sign_in = SignIn::user_auth("alice").device_key("eu-west-1_8f3a…");
        /// ```
        pub fn device_key<F>(mut self, key: impl cognito_op::arguments::IntoMember<String, F>) -> Self {
            self.$($context)+.set_device_key(key.into_member());
            self
        }

        /// Sets the data about the user's device for the threat protection of the pool. It is sent with every request
        /// of the sign-in.
        ///
        /// ```
        /// use cognito_userpools::sign_in::SignIn;
        /// use cognito_userpools::operations::UserContextDataType;
        ///
        /// let data = UserContextDataType::new().ip_address("203.0.113.7");
        /// let sign_in = SignIn::user_auth("alice").user_context_data(data);
        /// ```
        pub fn user_context_data<F>(
            mut self,
            data: impl cognito_op::arguments::IntoMember<crate::operations::UserContextDataType, F>,
        ) -> Self {
            self.$($context)+.user_context_data = data.into_member();
            self
        }

        /// Makes this a sign-in by a back end: every request is sent with `AdminInitiateAuth` or
        /// `AdminRespondToAuthChallenge` to the user pool of the given id. The client needs AWS credentials. The flow
        /// `USER_PASSWORD_AUTH` becomes `ADMIN_USER_PASSWORD_AUTH`.
        ///
        /// ```
        /// use cognito_userpools::sign_in::{SignIn, Step};
        /// use cognito_userpools::{Client, Error};
        ///
        /// async fn sign_in(client: &Client, name: &str, password: &str) -> Result<Step, Error> {
        ///     let sign_in = SignIn::user_password_auth(name, password).admin("eu-west-1_Ab12Cd34");
        ///     sign_in.start(client).await
        /// }
        /// ```
        #[cfg(feature = "admin-users")]
        pub fn admin(mut self, user_pool_id: impl Into<String>) -> Self {
            self.$($context)+.user_pool_id = Some(user_pool_id.into());
            self
        }

        /// Sets the data about the user's request for the threat protection of the pool, for a sign-in with
        /// [`admin`](Self::admin). It is sent with every request of the sign-in. Such a sign-in cannot send
        /// [`user_context_data`](Self::user_context_data).
        ///
        /// ```
        /// use cognito_userpools::admin::{ContextDataType, HttpHeader};
        /// use cognito_userpools::sign_in::SignIn;
        ///
        /// let user_agent = HttpHeader::new().header_name("User-Agent").header_value("curl/8.0");
        /// let data =
        ///     ContextDataType::new("203.0.113.7", "app.example.com", "/sign-in", [user_agent]);
        /// let sign_in = SignIn::user_password_auth("alice", "correct horse")
        ///     .admin("eu-west-1_Ab12Cd34")
        ///     .context_data(data);
        /// ```
        #[cfg(feature = "admin-users")]
        pub fn context_data<F>(
            mut self,
            data: impl cognito_op::arguments::IntoMember<crate::admin::ContextDataType, F>,
        ) -> Self {
            self.$($context)+.admin_data = data.into_member();
            self
        }
    };
}
pub(super) use context_setters;

/// Declares the setters for proofs of passwords, for a type that contains a [`Context`].
macro_rules! proof_setters {
    ($($context:tt)+) => {
        /// Sets the device on which the user signs in, for a pool that remembers devices. Its key is sent with every
        /// request, and the challenges `DEVICE_SRP_AUTH` and `DEVICE_PASSWORD_VERIFIER` are answered automatically.
        ///
        /// The pool may not know the device any more. Then the sign-in starts once more without it, and
        /// [`Tokens::forgotten_device`](crate::sign_in::Tokens::forgotten_device) contains its key. A challenge that
        /// was kept between two requests needs the device again, and ignores one that the sign-in has forgotten.
        ///
        /// ```
        /// use cognito_userpools::devices::Device;
        /// use cognito_userpools::sign_in::{SignIn, Step};
        /// use cognito_userpools::{Client, Error};
        ///
        /// async fn sign_in(client: &Client, password: &str, kept: Option<Device>) -> Result<Step, Error> {
        ///     SignIn::user_password_auth("alice", password).device(kept).start(client).await
        /// }
        /// ```
        pub fn device<F>(
            mut self,
            device: impl cognito_op::arguments::IntoMember<crate::devices::Device, F>,
        ) -> Self {
            self.$($context)+.set_device(device.into_member());
            self
        }

        /// Sets the function that runs the proof of a password (SRP) elsewhere, so that the proof does not hold up
        /// other tasks of the thread that polls the future. A sign-in calls the function twice for the password of the
        /// user, and twice for that of the device. The function passes the computation to a thread. Without the
        /// function, the future computes the proof when it is polled. Blocking methods ignore it.
        ///
        /// ```
        /// use cognito_userpools::sign_in::{SignIn, Step};
        /// use cognito_userpools::{Client, Error};
        ///
        /// async fn sign_in(client: &Client, password: String) -> Result<Step, Error> {
        ///     SignIn::user_srp_auth("eu-west-1_Ab12Cd34", "alice", password)
        ///         .offload(|computation| drop(tokio::task::spawn_blocking(computation)))
        ///         .start(client)
        ///         .await
        /// }
        /// ```
        pub fn offload(mut self, run: impl Fn(Box<dyn FnOnce() + Send>) + Send + Sync + 'static) -> Self {
            self.$($context)+.offload = Some(std::sync::Arc::new(run));
            self
        }
    };
}
pub(super) use proof_setters;

/// Returns a request with an operation and its members.
macro_rules! request {
    ($context:ident, $new:expr, $($member:ident: $value:expr),+) => {{
        let mut operation = $new;
        $(operation.$member = $value;)+
        operation.analytics_metadata.clone_from(&$context.analytics_metadata);
        operation.client_metadata.clone_from(&$context.client_metadata);
        Request::new(operation, $context.misplaced_data())
    }};
}

impl Context {
    pub(super) fn new(username: impl Into<String>) -> Self {
        Self { username: username.into(), ..Self::default() }
    }

    /// Sets the key of a device without its password.
    pub(super) fn set_device_key(&mut self, key: Option<String>) {
        self.device_key = key;
        self.device = None;
    }

    /// Sets the device, unless the pool does not know it.
    pub(super) fn set_device(&mut self, device: Option<Device>) {
        self.device = device.filter(|device| self.forgotten_device.as_deref() != Some(device.key()));
        self.device_key = self.device.as_ref().map(|device| device.key().to_owned());
    }

    /// Continues the sign-in without the device, if the error shows that the pool does not know it. Returns whether
    /// there was a device to forget.
    pub(super) fn forget_device(&mut self, error: &Error) -> bool {
        let forgets = self.device_key.is_some() && error.reason() == Reason::DeviceNotFound;
        if forgets {
            self.forgotten_device = self.device_key.take();
            self.device = None;
        }
        forgets
    }

    /// Returns the name of the operation that starts the sign-in.
    pub(super) fn initiate_name(&self) -> &'static str {
        if self.user_pool_id.is_some() { "AdminInitiateAuth" } else { InitiateAuth::NAME }
    }

    /// Returns the name of the operation that answers challenges.
    pub(super) fn respond_name(&self) -> &'static str {
        if self.user_pool_id.is_some() { "AdminRespondToAuthChallenge" } else { RespondToAuthChallenge::NAME }
    }

    /// Returns a request that starts a flow.
    pub(super) fn initiate(
        &self,
        flow: AuthFlowType,
        session: Option<String>,
        parameters: impl IntoIterator<Item = (impl Into<String>, String)>,
    ) -> Request {
        let mut parameters = self.with_common_entries(parameters);
        if flow == AuthFlowType::RefreshTokenAuth {
            // This flow has no user name.
            parameters.remove("USERNAME");
        }
        #[cfg(feature = "admin-users")]
        if let Some(user_pool_id) = &self.user_pool_id {
            let flow = match flow {
                AuthFlowType::UserPasswordAuth => AuthFlowType::AdminUserPasswordAuth,
                other => other,
            };
            return request!(self, AdminInitiateAuth::new(user_pool_id, flow),
                auth_parameters: Some(parameters), context_data: self.admin_data.clone(), session: session);
        }
        request!(self, InitiateAuth::new(flow),
            auth_parameters: Some(parameters), user_context_data: self.user_context_data.clone(), session: session)
    }

    /// Returns a request that answers a challenge.
    pub(super) fn respond(
        &self,
        challenge: ChallengeNameType,
        session: Option<String>,
        responses: impl IntoIterator<Item = (impl Into<String>, String)>,
    ) -> Request {
        let responses = self.with_common_entries(responses);
        #[cfg(feature = "admin-users")]
        if let Some(user_pool_id) = &self.user_pool_id {
            return request!(self, AdminRespondToAuthChallenge::new(user_pool_id, challenge),
                challenge_responses: Some(responses), context_data: self.admin_data.clone(), session: session);
        }
        request!(self, RespondToAuthChallenge::new(challenge),
            challenge_responses: Some(responses), user_context_data: self.user_context_data.clone(), session: session)
    }

    /// Returns the reason why a request must not be sent: it has no member for data that the program set or stored.
    fn misplaced_data(&self) -> Option<&'static str> {
        match (&self.user_pool_id, &self.user_context_data, &self.admin_data) {
            // A stored challenge can contain an id.
            (Some(_), ..) if cfg!(not(feature = "admin-users")) => {
                Some("the challenge belongs to a sign-in with `admin`; enable the feature `admin-users`")
            }
            (Some(_), Some(_), _) => Some("a sign-in with `admin` sends `context_data` instead of `user_context_data`"),
            (None, _, Some(_)) => Some("`context_data` is sent only by a sign-in with `admin`"),
            _ => None,
        }
    }

    /// Adds the entries that every request contains: the user name and the device key.
    fn with_common_entries(
        &self,
        entries: impl IntoIterator<Item = (impl Into<String>, String)>,
    ) -> BTreeMap<String, String> {
        let mut all = BTreeMap::from([("USERNAME".to_owned(), self.username.clone())]);
        all.extend(self.device_key.iter().map(|key| ("DEVICE_KEY".to_owned(), key.clone())));
        all.extend(entries.into_iter().map(|(name, value)| (name.into(), value)));
        all
    }
}

#[cfg(all(test, not(feature = "admin-users")))]
mod tests {
    use super::*;
    use cognito_op::{Config, ErrorKind};

    #[test]
    fn a_sign_in_by_a_back_end_needs_the_feature() {
        let config = Config::builder().region("eu-west-1").build().expect("a configuration");
        let mut context = Context::new("alice");
        context.user_pool_id = Some("eu-west-1_Ab12Cd34".to_owned());
        let answers = || [("SMS_MFA_CODE", "123456".to_owned())];
        for mut request in [
            context.initiate(AuthFlowType::UserAuth, None, answers()),
            context.respond(ChallengeNameType::SmsMfa, Some("a session".to_owned()), answers()),
        ] {
            let error = request.prepare(&config).expect_err("it would be sent without credentials");
            assert_eq!(error.kind(), ErrorKind::Misconfigured);
            assert!(error.to_string().contains("enable the feature `admin-users`"), "{error}");
        }
    }
}
