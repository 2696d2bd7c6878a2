#[allow(
    deprecated,
    non_snake_case,
    single_use_lifetimes,
    clippy::impl_trait_in_params,
    clippy::missing_asserts_for_indexing,
    clippy::same_name_method
)]
#[allow(clippy::struct_field_names)]
const _: () = {
    use ::cognito_op::__private as __c;
    #[automatically_derived]
    impl<'a, T, const N: usize> __c::Structure for Future<'a, T, N>
    where
        T: user::Bound,
        &'a T: __c::InputValue,
    {
        const MEMBERS: &'static [__c::Member] = {
            &[
                __c::Member::new("type", "Type", <&'a T as __c::InputValue>::SHAPE)
                    .required()
                    .sensitive(),
                __c::Member::new("number", "Number", <i64 as __c::InputValue>::SHAPE)
                    .sensitive()
                    .constrained(__c::Constraints::NONE.range(__c::None, __c::Some(5))),
            ]
        };
    }
    #[automatically_derived]
    impl<'a, T, const N: usize> __c::InputStructure for Future<'a, T, N>
    where
        T: user::Bound,
        &'a T: __c::InputValue,
    {
        fn visit<__V: __c::Visitor>(&self, __visitor: &mut __V) {
            let __members = <Self as __c::Structure>::MEMBERS;
            <&'a T as __c::InputValue>::visit(&self.r#type, &__members[0], __visitor);
            match &self.number {
                __c::Some(__value) => {
                    <i64 as __c::InputValue>::visit(__value, &__members[1], __visitor)
                }
                __c::None => __c::Visitor::absent(__visitor, &__members[1]),
            }
        }
    }
    #[automatically_derived]
    impl<'a, T, const N: usize> __c::Operation for Future<'a, T, N>
    where
        T: user::Bound,
        &'a T: __c::InputValue,
    {
        type Output = ();
        const NAME: &'static __c::str = "Future";
        const IDEMPOTENT: __c::bool = true;
        const SIGNED: __c::bool = true;
    }
    #[automatically_derived]
    impl<'a, T, const N: usize> __c::fmt::Debug for Future<'a, T, N>
    where
        T: user::Bound,
    {
        #[inline]
        fn fmt(&self, __formatter: &mut __c::fmt::Formatter<'_>) -> __c::fmt::Result {
            let mut __debug = __c::fmt::Formatter::debug_struct(__formatter, "Future");
            __debug.field("type", &__c::Redacted);
            __debug.field("number", &__c::redacted(&self.number));
            __debug.finish()
        }
    }
    #[allow(dead_code)]
    impl<'a, T, const N: usize> Future<'a, T, N>
    where
        T: user::Bound,
    {
        /**Creates `Future` with its required members. The optional members are not set.

- `Type`: redacted by `Debug`.*/
        #[must_use]
        fn new(r#type: &'a T) -> Self {
            Self {
                r#type: r#type,
                number: __c::None,
            }
        }
        ///Sets `Number`: at most 5; redacted by `Debug`.
        #[must_use]
        fn number<__F>(mut self, number: impl __c::IntoMember<i64, __F>) -> Self {
            self.number = __c::IntoMember::into_member(number);
            self
        }
    }
    #[allow(dead_code)]
    impl<'a, T, const N: usize> Future<'a, T, N>
    where
        T: user::Bound,
        &'a T: __c::InputValue,
    {
        /// Checks the constraints without sending the request.
        ///
        /// # Errors
        ///
        /// Returns all violations, each with the path of its member and without its value.
        fn validate(&self) -> __c::Result<(), ::cognito_op::Violations> {
            __c::Operation::validate(self)
        }
        /**Sends `Future`.

The request is validated and serialized before `send` returns. The future borrows only the client.

The operation is idempotent.



# Errors

Returns an error if the request violates a constraint, in which case it is not sent, or if the call fails. `may_have_executed` returns whether the operation may have executed.*/
        #[inline]
        fn send<'__client>(
            &self,
            client: &'__client ::cognito_op::Client,
        ) -> ::cognito_op::SendFuture<'__client, ()> {
            __c::Client::send(client, self)
        }
        /**Sends `Future` and blocks until the response has arrived.

# Errors

Returns the same errors as `send`.*/
        #[inline]
        fn send_blocking(
            &self,
            client: &::cognito_op::blocking::Client,
        ) -> __c::Result<(), ::cognito_op::Error> {
            __c::blocking::Client::send(client, self)
        }
    }
};
