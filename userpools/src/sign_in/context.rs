//! What the requests of one sign-in have in common.

use crate::operations::{
    AnalyticsMetadataType, AuthFlowType, ChallengeNameType, InitiateAuth, RespondToAuthChallenge, UserContextDataType,
};
use std::collections::BTreeMap;

/// What the requests of one sign-in have in common.
#[derive(Clone, Default)]
pub(super) struct Context {
    /// The name that the requests say, which the service may replace by the one in the pool.
    pub(super) username: String,
    pub(super) analytics_metadata: Option<AnalyticsMetadataType>,
    pub(super) client_metadata: Option<BTreeMap<String, String>>,
    pub(super) device_key: Option<String>,
    pub(super) user_context_data: Option<UserContextDataType>,
}

/// The setters of a [`Context`], for what begins with one.
macro_rules! context_setters {
    ($($context:tt)+) => {
        /// What Amazon Pinpoint knows the device as; sent with every request of the flow, as are the others of its kind.
        ///
        /// ```
        /// use cognito_userpools::sign_in::SignIn;
        /// use cognito_userpools::operations::AnalyticsMetadataType;
        ///
        /// let metadata = AnalyticsMetadataType::new().analytics_endpoint_id("the endpoint's id");
        /// let sign_in = SignIn::user_auth("alice").analytics_metadata(metadata);
        /// ```
        pub fn analytics_metadata(mut self, metadata: crate::operations::AnalyticsMetadataType) -> Self {
            self.$($context)+.analytics_metadata = Some(metadata);
            self
        }

        /// What the Lambda triggers of the pool are handed.
        ///
        /// ```
        /// use cognito_userpools::sign_in::SignIn;
        ///
        /// let sign_in =
        ///     SignIn::user_auth("alice").client_metadata([("language".to_owned(), "de".to_owned())]);
        /// ```
        pub fn client_metadata(
            mut self,
            metadata: impl Into<std::collections::BTreeMap<String, String>>,
        ) -> Self {
            self.$($context)+.client_metadata = Some(metadata.into());
            self
        }

        /// The key of the device, where the pool remembers devices.
        ///
        /// ```
        /// use cognito_userpools::sign_in::SignIn;
        ///
        /// let sign_in = SignIn::user_auth("alice").device_key("eu-west-1_8f3a…");
        /// ```
        pub fn device_key(mut self, key: impl Into<String>) -> Self {
            self.$($context)+.device_key = Some(key.into());
            self
        }

        /// What the threat protection of the pool is to know of the user's device.
        ///
        /// ```
        /// use cognito_userpools::sign_in::SignIn;
        /// use cognito_userpools::operations::UserContextDataType;
        ///
        /// let data = UserContextDataType::new().ip_address("203.0.113.7");
        /// let sign_in = SignIn::user_auth("alice").user_context_data(data);
        /// ```
        pub fn user_context_data(mut self, data: crate::operations::UserContextDataType) -> Self {
            self.$($context)+.user_context_data = Some(data);
            self
        }
    };
}
pub(super) use context_setters;

impl Context {
    pub(super) fn of(username: impl Into<String>) -> Self {
        Self { username: username.into(), ..Self::default() }
    }

    /// A request that begins a flow, for an app client that is yet to be named.
    pub(super) fn initiate<const N: usize>(
        &self,
        flow: AuthFlowType,
        parameters: [(&'static str, String); N],
    ) -> InitiateAuth {
        let mut request = InitiateAuth::new("", flow);
        request.analytics_metadata.clone_from(&self.analytics_metadata);
        request.auth_parameters = Some(self.named(parameters));
        request.client_metadata.clone_from(&self.client_metadata);
        request.user_context_data.clone_from(&self.user_context_data);
        request
    }

    /// A response to a challenge, for an app client that is yet to be named.
    pub(super) fn respond(
        &self,
        challenge: ChallengeNameType,
        session: Option<String>,
        answers: impl IntoIterator<Item = (impl Into<String>, String)>,
    ) -> RespondToAuthChallenge {
        let mut request = RespondToAuthChallenge::new("", challenge);
        request.analytics_metadata.clone_from(&self.analytics_metadata);
        request.challenge_responses = Some(self.named(answers));
        request.client_metadata.clone_from(&self.client_metadata);
        request.session = session;
        request.user_context_data.clone_from(&self.user_context_data);
        request
    }

    /// Entries, with those that every request has.
    fn named(&self, entries: impl IntoIterator<Item = (impl Into<String>, String)>) -> BTreeMap<String, String> {
        let mut named = BTreeMap::from([("USERNAME".to_owned(), self.username.clone())]);
        named.extend(self.device_key.iter().map(|key| ("DEVICE_KEY".to_owned(), key.clone())));
        named.extend(entries.into_iter().map(|(name, value)| (name.into(), value)));
        named
    }
}
