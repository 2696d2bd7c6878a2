//! The values that all requests of a sign-in share.

use super::offload::Offload;
use crate::operations::{
    AnalyticsMetadataType, AuthFlowType, ChallengeNameType, InitiateAuth, RespondToAuthChallenge, UserContextDataType,
};
use std::collections::BTreeMap;

/// The values that all requests of a sign-in share.
#[derive(Clone, Default)]
pub(super) struct Context {
    /// The name or alias that the caller gave, until a response contains the user name in the pool.
    pub(super) username: String,
    pub(super) analytics_metadata: Option<AnalyticsMetadataType>,
    pub(super) client_metadata: Option<BTreeMap<String, String>>,
    pub(super) device_key: Option<String>,
    pub(super) user_context_data: Option<UserContextDataType>,
    pub(super) offload: Option<Offload>,
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

        /// Sets the key of the device, for a pool that remembers devices. It is sent with every request of the sign-in.
        ///
        /// ```
        /// use cognito_userpools::sign_in::SignIn;
        ///
        /// let sign_in = SignIn::user_auth("alice").device_key("eu-west-1_8f3a…");
        /// ```
        pub fn device_key<F>(mut self, key: impl cognito_op::arguments::IntoMember<String, F>) -> Self {
            self.$($context)+.device_key = key.into_member();
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
    };
}
pub(super) use context_setters;

/// Declares the setter of the function that runs computations, for a type that contains a [`Context`].
macro_rules! offload_setter {
    ($($context:tt)+) => {
        /// Sets the function that runs the proof of a password (SRP) elsewhere, so that the proof does not hold up
        /// other tasks of the thread that polls the future. A sign-in calls the function twice. The function passes the
        /// computation to a thread. Without the function, the future computes the proof when it is polled. Blocking
        /// methods ignore it.
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
pub(super) use offload_setter;

impl Context {
    pub(super) fn new(username: impl Into<String>) -> Self {
        Self { username: username.into(), ..Self::default() }
    }

    /// Returns a request that starts a flow.
    pub(super) fn initiate(
        &self,
        flow: AuthFlowType,
        parameters: impl IntoIterator<Item = (&'static str, String)>,
    ) -> InitiateAuth {
        let mut request = InitiateAuth::new(flow);
        request.analytics_metadata.clone_from(&self.analytics_metadata);
        request.auth_parameters = Some(self.with_common_entries(parameters));
        request.client_metadata.clone_from(&self.client_metadata);
        request.user_context_data.clone_from(&self.user_context_data);
        request
    }

    /// Returns a request that answers a challenge.
    pub(super) fn respond(
        &self,
        challenge: ChallengeNameType,
        session: Option<String>,
        responses: impl IntoIterator<Item = (impl Into<String>, String)>,
    ) -> RespondToAuthChallenge {
        let mut request = RespondToAuthChallenge::new(challenge);
        request.analytics_metadata.clone_from(&self.analytics_metadata);
        request.challenge_responses = Some(self.with_common_entries(responses));
        request.client_metadata.clone_from(&self.client_metadata);
        request.session = session;
        request.user_context_data.clone_from(&self.user_context_data);
        request
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
