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
    const _: () = __c::assert!(
        __c::fits(& < user::Text as __c::InputValue > ::SHAPE, & __c::Expected::String),
        "`ClientId` is a string, which `user::Text` cannot hold; make it `String`"
    );
    const _: () = __c::assert!(
        __c::fits(& < user::Text as __c::InputValue > ::SHAPE, & __c::Expected::String),
        "`ClientSecret` is a string, which `user::Text` cannot hold; make it `String`"
    );
    const _: () = __c::assert!(
        __c::fits(& < user::Text as __c::InputValue > ::SHAPE, & __c::Expected::String),
        "`Token` is a string, which `user::Text` cannot hold; make it `String`"
    );
    #[automatically_derived]
    impl __c::Structure for RevokeToken {
        const MEMBERS: &'static [__c::Member] = {
            &[
                __c::Member::new(
                        "client_id",
                        "ClientId",
                        <user::Text as __c::InputValue>::SHAPE,
                    )
                    .required()
                    .sensitive()
                    .auto_fill(__c::AutoFill::ClientId),
                __c::Member::new(
                        "client_secret",
                        "ClientSecret",
                        <user::Text as __c::InputValue>::SHAPE,
                    )
                    .sensitive()
                    .auto_fill(__c::AutoFill::ClientSecret)
                    .constrained(
                        __c::Constraints::NONE
                            .length(__c::Some(24), __c::Some(64))
                            .repeated("[\\w+]+", &__c::class::WORD_PLUS, 1, __c::None),
                    ),
                __c::Member::new(
                        "token",
                        "Token",
                        <user::Text as __c::InputValue>::SHAPE,
                    )
                    .required()
                    .sensitive()
                    .constrained(
                        __c::Constraints::NONE
                            .repeated(
                                "[A-Za-z0-9-_=.]+",
                                &__c::class::TOKEN,
                                1,
                                __c::None,
                            ),
                    ),
            ]
        };
    }
    #[automatically_derived]
    impl __c::InputStructure for RevokeToken {
        fn visit<__V: __c::Visitor>(&self, __visitor: &mut __V) {
            let __members = <Self as __c::Structure>::MEMBERS;
            match &self.client_id {
                __c::Some(__value) => {
                    <user::Text as __c::InputValue>::visit(
                        __value,
                        &__members[0],
                        __visitor,
                    )
                }
                __c::None => __c::Visitor::absent(__visitor, &__members[0]),
            }
            match &self.client_secret {
                __c::Some(__value) => {
                    <user::Text as __c::InputValue>::visit(
                        __value,
                        &__members[1],
                        __visitor,
                    )
                }
                __c::None => __c::Visitor::absent(__visitor, &__members[1]),
            }
            <user::Text as __c::InputValue>::visit(
                &self.token,
                &__members[2],
                __visitor,
            );
        }
    }
    #[automatically_derived]
    impl __c::Operation for RevokeToken {
        type Output = ();
        const NAME: &'static __c::str = "RevokeToken";
        const IDEMPOTENT: __c::bool = true;
        #[inline]
        fn client_id(&self) -> __c::Option<&__c::str> {
            __c::Option::and_then(
                __c::Option::as_ref(&self.client_id),
                <user::Text as __c::InputValue>::text,
            )
        }
    }
    #[automatically_derived]
    impl __c::fmt::Debug for RevokeToken {
        #[inline]
        fn fmt(&self, __formatter: &mut __c::fmt::Formatter<'_>) -> __c::fmt::Result {
            let mut __debug = __c::fmt::Formatter::debug_struct(
                __formatter,
                "RevokeToken",
            );
            __debug.field("client_id", &__c::redacted(&self.client_id));
            __debug.field("client_secret", &__c::redacted(&self.client_secret));
            __debug.field("token", &__c::Redacted);
            __debug.finish()
        }
    }
    #[allow(dead_code)]
    impl RevokeToken {
        /**Creates `RevokeToken` with its required members. The optional members are not set.

- `Token`: matches `[A-Za-z0-9-_=.]+`; redacted by `Debug`.*/
        #[must_use]
        pub fn new(token: impl __c::Into<user::Text>) -> Self {
            Self {
                client_id: __c::None,
                client_secret: __c::None,
                token: __c::Into::into(token),
            }
        }
        ///Sets `ClientId`: filled in with the app client's id; redacted by `Debug`.
        #[must_use]
        pub fn client_id<__F>(
            mut self,
            client_id: impl __c::IntoMember<user::Text, __F>,
        ) -> Self {
            self.client_id = __c::IntoMember::into_member(client_id);
            self
        }
        ///Sets `ClientSecret`: length 24 to 64; matches `[\w+]+`; filled in with the app client's secret; redacted by `Debug`.
        #[must_use]
        pub fn client_secret<__F>(
            mut self,
            client_secret: impl __c::IntoMember<user::Text, __F>,
        ) -> Self {
            self.client_secret = __c::IntoMember::into_member(client_secret);
            self
        }
    }
    #[allow(dead_code)]
    impl RevokeToken {
        /// Checks the constraints without sending the request.
        ///
        /// # Errors
        ///
        /// Returns all violations, each with the path of its member and without its value.
        pub fn validate(&self) -> __c::Result<(), ::cognito_op::Violations> {
            __c::Operation::validate(self)
        }
        /**Sends `RevokeToken`.

The request is validated and serialized before `send` returns. The future borrows only the client.

The operation is idempotent.

[RevokeToken in the API reference](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_RevokeToken.html)

# Errors

Returns an error if the request violates a constraint, in which case it is not sent, or if the call fails. `may_have_executed` returns whether the operation may have executed. The service returns the errors `ForbiddenException`, `InternalErrorException`, `InvalidParameterException`, `OperationNotEnabledException`, `TooManyRequestsException`, `UnauthorizedException`, `UnsupportedOperationException`, `UnsupportedTokenTypeException` and those common to all AWS services.*/
        #[inline]
        pub fn send<'__client>(
            &self,
            client: &'__client ::cognito_op::Client,
        ) -> ::cognito_op::SendFuture<'__client, ()> {
            __c::Client::send(client, self)
        }
        /**Sends `RevokeToken` and blocks until the response has arrived.

# Errors

Returns the same errors as `send`.*/
        #[inline]
        pub fn send_blocking(
            &self,
            client: &::cognito_op::blocking::Client,
        ) -> __c::Result<(), ::cognito_op::Error> {
            __c::blocking::Client::send(client, self)
        }
    }
};
