#[allow(
    deprecated,
    non_snake_case,
    clippy::impl_trait_in_params,
    clippy::missing_asserts_for_indexing,
    clippy::same_name_method
)]
#[allow(clippy::struct_field_names)]
const _: () = {
    use ::cognito_op::__private as __c;
    const __ENTRIES_0: &__c::Constraints = &__c::Constraints::NONE
        .length(__c::Some(1), __c::Some(32));
    const _: () = __c::assert!(
        __c::fits(& < user::Text as __c::InputValue > ::SHAPE, & __c::Expected::String),
        "`ClientId` is a string, which `user::Text` cannot hold; make it `String`"
    );
    const _: () = __c::assert!(
        __c::fits(& < user::Text as __c::InputValue > ::SHAPE, & __c::Expected::String),
        "`Username` is a string, which `user::Text` cannot hold; make it `String`"
    );
    const _: () = __c::assert!(
        __c::fits(& < user::Text as __c::InputValue > ::SHAPE, & __c::Expected::String),
        "`SecretHash` is a string, which `user::Text` cannot hold; make it `String`"
    );
    const _: () = __c::assert!(
        __c::fits(& < user::AnalyticsMetadata as __c::InputValue > ::SHAPE, &
        __c::Expected::Structure(& ["AnalyticsMetadataType"])),
        "`AnalyticsMetadata` is the structure `AnalyticsMetadataType`, which `user::AnalyticsMetadata` does not represent; make it `AnalyticsMetadata`, or add `#[cognito_shape(AnalyticsMetadataType)]` to the intended type"
    );
    const _: () = __c::assert!(
        __c::fits(& < ::std::collections::HashMap < user::Text, user::Text > as
        __c::InputValue > ::SHAPE, & __c::Expected::Map(& __c::Expected::String)),
        "`ClientMetadata` is a map, which `::std::collections::HashMap<user::Text, user::Text>` cannot hold; make it `BTreeMap<String, String>`"
    );
    const _: () = __c::assert!(
        __c::fits(& < user::Response as __c::OutputValue > ::SHAPE, &
        __c::Expected::Structure(& ["ForgotPasswordResponse",
        "GetUserAttributeVerificationCodeResponse", "ResendConfirmationCodeResponse"])),
        "the response of `ResendConfirmationCode` is the structure `ResendConfirmationCodeResponse`, which `user::Response` does not represent; add `#[cognito_shape(ResendConfirmationCodeResponse)]` to the intended type (`cognito-op struct ResendConfirmationCode` prints it), or ignore it with `response = ()`"
    );
    #[automatically_derived]
    impl __c::Structure for ResendConfirmationCode {
        const MEMBERS: &'static [__c::Member] = {
            &[
                __c::Member::new(
                        "client_id",
                        "ClientId",
                        <user::Text as __c::InputValue>::SHAPE,
                    )
                    .required()
                    .sensitive()
                    .constrained(
                        __c::Constraints::NONE
                            .length(__c::Some(1), __c::Some(128))
                            .repeated("[\\w+]+", &__c::class::WORD_PLUS, 1, __c::None),
                    ),
                __c::Member::new(
                        "username",
                        "Username",
                        <user::Text as __c::InputValue>::SHAPE,
                    )
                    .required()
                    .sensitive()
                    .constrained(
                        __c::Constraints::NONE
                            .length(__c::Some(1), __c::Some(128))
                            .repeated(
                                "[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+",
                                &__c::class::VISIBLE,
                                1,
                                __c::None,
                            ),
                    ),
                __c::Member::new(
                        "secret_hash",
                        "SecretHash",
                        <user::Text as __c::InputValue>::SHAPE,
                    )
                    .sensitive()
                    .auto_fill(__c::AutoFill::SecretHash),
                __c::Member::new(
                    "analytics_metadata",
                    "AnalyticsMetadata",
                    <user::AnalyticsMetadata as __c::InputValue>::SHAPE,
                ),
                __c::Member::new(
                        "client_metadata",
                        "ClientMetadata",
                        <::std::collections::HashMap<
                            user::Text,
                            user::Text,
                        > as __c::InputValue>::SHAPE,
                    )
                    .sensitive()
                    .constrained(__c::Constraints::NONE.keys(__ENTRIES_0)),
            ]
        };
    }
    #[automatically_derived]
    impl __c::InputStructure for ResendConfirmationCode {
        fn visit<__V: __c::Visitor>(&self, __visitor: &mut __V) {
            let __members = <Self as __c::Structure>::MEMBERS;
            <user::Text as __c::InputValue>::visit(
                &self.client_id,
                &__members[0],
                __visitor,
            );
            <user::Text as __c::InputValue>::visit(
                &self.username,
                &__members[1],
                __visitor,
            );
            match &self.secret_hash {
                __c::Some(__value) => {
                    <user::Text as __c::InputValue>::visit(
                        __value,
                        &__members[2],
                        __visitor,
                    )
                }
                __c::None => __c::Visitor::absent(__visitor, &__members[2]),
            }
            match &self.analytics_metadata {
                __c::Some(__value) => {
                    <user::AnalyticsMetadata as __c::InputValue>::visit(
                        __value,
                        &__members[3],
                        __visitor,
                    )
                }
                __c::None => __c::Visitor::absent(__visitor, &__members[3]),
            }
            match &self.client_metadata {
                __c::Some(__value) => {
                    <::std::collections::HashMap<
                        user::Text,
                        user::Text,
                    > as __c::InputValue>::visit(__value, &__members[4], __visitor)
                }
                __c::None => __c::Visitor::absent(__visitor, &__members[4]),
            }
        }
    }
    #[automatically_derived]
    impl __c::Operation for ResendConfirmationCode {
        type Output = user::Response;
        const NAME: &'static __c::str = "ResendConfirmationCode";
        #[inline]
        fn client_id(&self) -> __c::Option<&__c::str> {
            <user::Text as __c::InputValue>::text(&self.client_id)
        }
        #[inline]
        fn hashed(&self) -> __c::Option<__c::Hashed<'_>> {
            match &self.secret_hash {
                __c::None => {
                    __c::Some(__c::Hashed {
                        username: <user::Text as __c::InputValue>::text(&self.username),
                        client_id: <user::Text as __c::InputValue>::text(&self.client_id),
                    })
                }
                _ => __c::None,
            }
        }
    }
    #[automatically_derived]
    impl __c::fmt::Debug for ResendConfirmationCode {
        #[inline]
        fn fmt(&self, __formatter: &mut __c::fmt::Formatter<'_>) -> __c::fmt::Result {
            let mut __debug = __c::fmt::Formatter::debug_struct(
                __formatter,
                "ResendConfirmationCode",
            );
            __debug.field("client_id", &__c::Redacted);
            __debug.field("username", &__c::Redacted);
            __debug.field("secret_hash", &__c::redacted(&self.secret_hash));
            __debug
                .field(
                    "analytics_metadata",
                    __c::Shown(&self.analytics_metadata).__debug(),
                );
            __debug.field("client_metadata", &__c::redacted(&self.client_metadata));
            __debug.finish()
        }
    }
    #[allow(dead_code)]
    impl ResendConfirmationCode {
        /**Creates `ResendConfirmationCode` with its required members. The optional members are not set.

- `ClientId`: length 1 to 128; matches `[\w+]+`; redacted by `Debug`.
- `Username`: length 1 to 128; matches `[\p{L}\p{M}\p{S}\p{N}\p{P}]+`; redacted by `Debug`.*/
        #[must_use]
        pub fn new(
            client_id: impl __c::Into<user::Text>,
            username: impl __c::Into<user::Text>,
        ) -> Self {
            Self {
                client_id: __c::Into::into(client_id),
                username: __c::Into::into(username),
                secret_hash: __c::None,
                analytics_metadata: __c::None,
                client_metadata: __c::None,
            }
        }
        ///Sets `SecretHash`: computed by a client that has the app client's secret; redacted by `Debug`.
        #[must_use]
        pub fn secret_hash<__F>(
            mut self,
            secret_hash: impl __c::IntoMember<user::Text, __F>,
        ) -> Self {
            self.secret_hash = __c::IntoMember::into_member(secret_hash);
            self
        }
        ///Sets `AnalyticsMetadata`.
        #[must_use]
        pub fn analytics_metadata<__F>(
            mut self,
            analytics_metadata: impl __c::IntoMember<user::AnalyticsMetadata, __F>,
        ) -> Self {
            self.analytics_metadata = __c::IntoMember::into_member(analytics_metadata);
            self
        }
        ///Sets `ClientMetadata`: length 1 to 32 for each key; redacted by `Debug`.
        #[must_use]
        pub fn client_metadata<__F>(
            mut self,
            client_metadata: impl __c::IntoMember<
                ::std::collections::HashMap<user::Text, user::Text>,
                __F,
                __c::Pairs,
            >,
        ) -> Self {
            self.client_metadata = __c::IntoMember::into_member(client_metadata);
            self
        }
    }
    #[allow(dead_code)]
    impl ResendConfirmationCode {
        /// Checks the constraints without sending the request.
        ///
        /// # Errors
        ///
        /// Returns all violations, each with the path of its member and without its value.
        pub fn validate(&self) -> __c::Result<(), ::cognito_op::Violations> {
            __c::Operation::validate(self)
        }
        /**Sends `ResendConfirmationCode`.

The request is validated and serialized before `send` returns. The future borrows only the client.

The operation is not idempotent: if an error reports that it may have executed, sending the request again may execute it a second time.

[ResendConfirmationCode in the API reference](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ResendConfirmationCode.html)

# Errors

Returns an error if the request violates a constraint, in which case it is not sent, or if the call fails. `may_have_executed` returns whether the operation may have executed. The service returns the errors `CodeDeliveryFailureException`, `ForbiddenException`, `InternalErrorException`, `InvalidEmailRoleAccessPolicyException`, `InvalidLambdaResponseException`, `InvalidParameterException`, `InvalidSmsRoleAccessPolicyException`, `InvalidSmsRoleTrustRelationshipException`, `LimitExceededException`, `NotAuthorizedException`, `OperationNotEnabledException`, `ResourceNotFoundException`, `TooManyRequestsException`, `UnexpectedLambdaException`, `UserLambdaValidationException`, `UserNotFoundException` and those common to all AWS services.*/
        #[inline]
        pub fn send<'__client>(
            &self,
            client: &'__client ::cognito_op::Client,
        ) -> ::cognito_op::SendFuture<'__client, user::Response> {
            __c::Client::send(client, self)
        }
        /**Sends `ResendConfirmationCode` and blocks until the response has arrived.

# Errors

Returns the same errors as `send`.*/
        #[inline]
        pub fn send_blocking(
            &self,
            client: &::cognito_op::blocking::Client,
        ) -> __c::Result<user::Response, ::cognito_op::Error> {
            __c::blocking::Client::send(client, self)
        }
    }
};
