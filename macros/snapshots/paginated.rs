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
        "`UserPoolId` is a string, which `user::Text` cannot hold; make it `String`"
    );
    const _: () = __c::assert!(
        __c::fits(& < user::Page as __c::OutputValue > ::SHAPE, &
        __c::Expected::Structure(& ["ListUsersResponse"])),
        "the response of `ListUsers` is the structure `ListUsersResponse`, which `user::Page` does not represent; add `#[cognito_shape(ListUsersResponse)]` to the intended type (`cognito-op struct ListUsers` prints it), or ignore it with `response = ()`"
    );
    const _: () = if let __c::Some(__message) = <user::Page as __c::Page>::INCOMPLETE {
        __c::panic!("{}", __message)
    };
    #[automatically_derived]
    impl __c::Structure for ListUsers {
        const MEMBERS: &'static [__c::Member] = {
            &[
                __c::Member::new(
                        "user_pool_id",
                        "UserPoolId",
                        <user::Text as __c::InputValue>::SHAPE,
                    )
                    .required(),
                __c::Member::new(
                    "pagination_token",
                    "PaginationToken",
                    <::std::string::String as __c::InputValue>::SHAPE,
                ),
            ]
        };
    }
    #[automatically_derived]
    impl __c::InputStructure for ListUsers {
        fn visit<__V: __c::Visitor>(&self, __visitor: &mut __V) {
            let __members = <Self as __c::Structure>::MEMBERS;
            <user::Text as __c::InputValue>::visit(
                &self.user_pool_id,
                &__members[0],
                __visitor,
            );
            match &self.pagination_token {
                __c::Some(__value) => {
                    <::std::string::String as __c::InputValue>::visit(
                        __value,
                        &__members[1],
                        __visitor,
                    )
                }
                __c::None => __c::Visitor::absent(__visitor, &__members[1]),
            }
        }
    }
    #[automatically_derived]
    impl __c::Operation for ListUsers {
        type Output = user::Page;
        const NAME: &'static __c::str = "ListUsers";
        const IDEMPOTENT: __c::bool = true;
        const SIGNED: __c::bool = true;
    }
    #[automatically_derived]
    impl __c::fmt::Debug for ListUsers {
        #[inline]
        fn fmt(&self, __formatter: &mut __c::fmt::Formatter<'_>) -> __c::fmt::Result {
            let mut __debug = __c::fmt::Formatter::debug_struct(
                __formatter,
                "ListUsers",
            );
            __debug.field("user_pool_id", __c::Shown(&self.user_pool_id).__debug());
            __debug
                .field("pagination_token", __c::Shown(&self.pagination_token).__debug());
            __debug.finish()
        }
    }
    #[allow(dead_code)]
    impl ListUsers {
        /**Creates `ListUsers` with its required members. The optional members are not set.

- `UserPoolId`.*/
        #[must_use]
        pub fn new(user_pool_id: impl __c::Into<user::Text>) -> Self {
            Self {
                user_pool_id: __c::Into::into(user_pool_id),
                pagination_token: __c::None,
            }
        }
        ///Sets `PaginationToken`.
        #[must_use]
        pub fn pagination_token<__F>(
            mut self,
            pagination_token: impl __c::IntoMember<::std::string::String, __F>,
        ) -> Self {
            self.pagination_token = __c::IntoMember::into_member(pagination_token);
            self
        }
    }
    #[allow(dead_code)]
    impl ListUsers {
        /// Checks the constraints without sending the request.
        ///
        /// # Errors
        ///
        /// Returns all violations, each with the path of its member and without its value.
        pub fn validate(&self) -> __c::Result<(), ::cognito_op::Violations> {
            __c::Operation::validate(self)
        }
        /**Sends `ListUsers`.

The request is validated and serialized before `send` returns. The future borrows only the client.

The operation is idempotent.

[ListUsers in the API reference](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUsers.html)

# Errors

Returns an error if the request violates a constraint, in which case it is not sent, or if the call fails. `may_have_executed` returns whether the operation may have executed. The service returns the errors `InternalErrorException`, `InvalidParameterException`, `NotAuthorizedException`, `OperationNotEnabledException`, `ResourceNotFoundException`, `TooManyRequestsException` and those common to all AWS services.*/
        #[inline]
        pub fn send<'__client>(
            &self,
            client: &'__client ::cognito_op::Client,
        ) -> ::cognito_op::SendFuture<'__client, user::Page> {
            __c::Client::send(client, self)
        }
        /**Sends `ListUsers` and blocks until the response has arrived.

# Errors

Returns the same errors as `send`.*/
        #[inline]
        pub fn send_blocking(
            &self,
            client: &::cognito_op::blocking::Client,
        ) -> __c::Result<user::Page, ::cognito_op::Error> {
            __c::blocking::Client::send(client, self)
        }
    }
    #[automatically_derived]
    impl __c::Paginated for ListUsers
    where
        for<'__any> user::Page: __c::Page,
    {
        type Item = <user::Page as __c::Page>::Item;
        fn token(&mut self) -> &mut __c::Option<__c::String> {
            &mut self.pagination_token
        }
    }
    #[allow(dead_code)]
    impl ListUsers
    where
        for<'__any> user::Page: __c::Page,
    {
        ///Returns a stream of the pages, from the token of this request or the first page. It ends after the first error.
        pub fn pages(
            self,
            client: &::cognito_op::Client,
        ) -> ::cognito_op::Pages<'_, Self> {
            __c::Paginated::pages(self, client)
        }
        ///Returns a stream of the items of `Users` on all pages, from the token of this request or the first page. It ends after the first error.
        pub fn items(
            self,
            client: &::cognito_op::Client,
        ) -> ::cognito_op::Items<'_, Self> {
            __c::Paginated::items(self, client)
        }
        ///Returns a blocking iterator over the pages, from the token of this request or the first page. It ends after the first error.
        pub fn pages_blocking(
            self,
            client: &::cognito_op::blocking::Client,
        ) -> ::cognito_op::BlockingPages<'_, Self> {
            __c::Paginated::pages_blocking(self, client)
        }
        ///Returns a blocking iterator over the items of `Users` on all pages, from the token of this request or the first page. It ends after the first error.
        pub fn items_blocking(
            self,
            client: &::cognito_op::blocking::Client,
        ) -> ::cognito_op::BlockingItems<'_, Self> {
            __c::Paginated::items_blocking(self, client)
        }
    }
};
