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
    static __TABLE_0: __c::Class = __c::Class::new(158456325028528675187087900672, &[]);
    const __ENTRIES_1: &__c::Constraints = &__c::Constraints::NONE
        .length(__c::Some(1), __c::Some(1));
    const __ENTRIES_2: &__c::Constraints = &__c::Constraints::NONE
        .range(__c::Some(0), __c::Some(1));
    const __ENTRIES_3: &__c::Constraints = &__c::Constraints::NONE
        .repeated("[a]+", &__TABLE_0, 1, __c::None);
    const __ENTRIES_4: &__c::Constraints = &__c::Constraints::NONE
        .length(__c::Some(1), __c::Some(1));
    const _: () = __c::assert!(
        __c::fits(& < user::Named as __c::InputValue > ::SHAPE, &
        __c::Expected::Measured),
        "`user::Named` has no length; `len` bounds strings, lists, maps and blobs"
    );
    const _: () = __c::assert!(
        __c::fits(& < user::Named as __c::InputValue > ::SHAPE, & __c::Expected::String),
        "`user::Named` is not a string; `pattern` matches strings (in a list with `#[each(pattern(…))]`, in a map with `#[keys(…)]` and `#[values(…)]`)"
    );
    const _: () = __c::assert!(
        __c::fits(& < user::Number as __c::InputValue > ::SHAPE, &
        __c::Expected::Integer),
        "`user::Number` is not an integer; `range` bounds `i32` and `i64`"
    );
    const _: () = __c::assert!(
        __c::fits(& < user::List as __c::InputValue > ::SHAPE, & __c::Expected::AnyList),
        "`#[each]` requires a `Vec`, found `user::List`"
    );
    const _: () = __c::assert!(
        __c::fits(__c::entry(& < user::List as __c::InputValue > ::SHAPE, 0), &
        __c::Expected::Measured),
        "an entry of `user::List` has no length; `len` bounds strings, lists, maps and blobs"
    );
    const _: () = __c::assert!(
        __c::fits(& < user::Map as __c::InputValue > ::SHAPE, & __c::Expected::AnyMap),
        "`#[keys]` requires a map, found `user::Map`"
    );
    const _: () = __c::assert!(
        __c::fits(__c::entry(& < user::Map as __c::InputValue > ::SHAPE, 0), &
        __c::Expected::String),
        "a key of `user::Map` is not a string; `pattern` matches strings (in a list with `#[each(pattern(…))]`, in a map with `#[keys(…)]` and `#[values(…)]`)"
    );
    const _: () = __c::assert!(
        __c::fits(& < user::Map as __c::InputValue > ::SHAPE, & __c::Expected::AnyMap),
        "`#[values]` requires a map, found `user::Map`"
    );
    const _: () = __c::assert!(
        __c::fits(__c::entry(& < user::Map as __c::InputValue > ::SHAPE, 1), &
        __c::Expected::Integer),
        "a value of `user::Map` is not an integer; `range` bounds `i32` and `i64`"
    );
    const _: () = __c::assert!(
        __c::fits(__c::entry(& < ::std::collections::HashMap < user::Key, user::Value >
        as __c::InputValue > ::SHAPE, 1), & __c::Expected::Measured),
        "`user::Value` has no length; `len` bounds strings, lists, maps and blobs"
    );
    const _: () = __c::assert!(
        __c::fits(& < user::Map as __c::InputValue > ::SHAPE, & __c::Expected::AnyMap),
        "`#[secret_hash]` requires an optional string or a map, found `user::Map`; make it `Option<String>` so that the client can fill it in"
    );
    const _: () = __c::assert!(
        __c::fits(& < user::Named as __c::InputValue > ::SHAPE, & __c::Expected::String),
        "`#[client_secret]` requires an optional string, found `user::Named`; make it `Option<String>` so that the client can fill it in"
    );
    #[automatically_derived]
    impl __c::Structure for TypeAssertions {
        const MEMBERS: &'static [__c::Member] = {
            &[
                __c::Member::new(
                        "client_id",
                        "ClientId",
                        <user::Text as __c::InputValue>::SHAPE,
                    )
                    .required()
                    .sensitive(),
                __c::Member::new(
                        "named",
                        "Named",
                        <user::Named as __c::InputValue>::SHAPE,
                    )
                    .required()
                    .sensitive()
                    .constrained(
                        __c::Constraints::NONE
                            .length(__c::Some(1), __c::Some(1))
                            .repeated("[a]+", &__TABLE_0, 1, __c::None),
                    ),
                __c::Member::new(
                        "number",
                        "Number",
                        <user::Number as __c::InputValue>::SHAPE,
                    )
                    .required()
                    .sensitive()
                    .constrained(
                        __c::Constraints::NONE.range(__c::Some(0), __c::Some(1)),
                    ),
                __c::Member::new("list", "List", <user::List as __c::InputValue>::SHAPE)
                    .sensitive()
                    .constrained(__c::Constraints::NONE.entries(__ENTRIES_1)),
                __c::Member::new("map", "Map", <user::Map as __c::InputValue>::SHAPE)
                    .sensitive()
                    .constrained(
                        __c::Constraints::NONE.entries(__ENTRIES_2).keys(__ENTRIES_3),
                    ),
                __c::Member::new(
                        "entries",
                        "Entries",
                        <::std::collections::HashMap<
                            user::Key,
                            user::Value,
                        > as __c::InputValue>::SHAPE,
                    )
                    .sensitive()
                    .constrained(__c::Constraints::NONE.entries(__ENTRIES_4)),
                __c::Member::new(
                        "hashed",
                        "Hashed",
                        <user::Map as __c::InputValue>::SHAPE,
                    )
                    .sensitive()
                    .auto_fill(__c::AutoFill::SecretHashEntry("HASH")),
                __c::Member::new(
                        "client_secret",
                        "ClientSecret",
                        <user::Named as __c::InputValue>::SHAPE,
                    )
                    .sensitive()
                    .auto_fill(__c::AutoFill::ClientSecret),
            ]
        };
    }
    #[automatically_derived]
    impl __c::InputStructure for TypeAssertions {
        fn visit<__V: __c::Visitor>(&self, __visitor: &mut __V) {
            let __members = <Self as __c::Structure>::MEMBERS;
            <user::Text as __c::InputValue>::visit(
                &self.client_id,
                &__members[0],
                __visitor,
            );
            <user::Named as __c::InputValue>::visit(
                &self.named,
                &__members[1],
                __visitor,
            );
            <user::Number as __c::InputValue>::visit(
                &self.number,
                &__members[2],
                __visitor,
            );
            match &self.list {
                __c::Some(__value) => {
                    <user::List as __c::InputValue>::visit(
                        __value,
                        &__members[3],
                        __visitor,
                    )
                }
                __c::None => __c::Visitor::absent(__visitor, &__members[3]),
            }
            match &self.map {
                __c::Some(__value) => {
                    <user::Map as __c::InputValue>::visit(
                        __value,
                        &__members[4],
                        __visitor,
                    )
                }
                __c::None => __c::Visitor::absent(__visitor, &__members[4]),
            }
            match &self.entries {
                __c::Some(__value) => {
                    <::std::collections::HashMap<
                        user::Key,
                        user::Value,
                    > as __c::InputValue>::visit(__value, &__members[5], __visitor)
                }
                __c::None => __c::Visitor::absent(__visitor, &__members[5]),
            }
            match &self.hashed {
                __c::Some(__value) => {
                    <user::Map as __c::InputValue>::visit(
                        __value,
                        &__members[6],
                        __visitor,
                    )
                }
                __c::None => __c::Visitor::absent(__visitor, &__members[6]),
            }
            match &self.client_secret {
                __c::Some(__value) => {
                    <user::Named as __c::InputValue>::visit(
                        __value,
                        &__members[7],
                        __visitor,
                    )
                }
                __c::None => __c::Visitor::absent(__visitor, &__members[7]),
            }
        }
    }
    #[automatically_derived]
    impl __c::Operation for TypeAssertions {
        type Output = ();
        const NAME: &'static __c::str = "TypeAssertions";
        #[inline]
        fn client_id(&self) -> __c::Option<&__c::str> {
            <user::Text as __c::InputValue>::text(&self.client_id)
        }
        #[inline]
        fn hashed(&self) -> __c::Option<__c::Hashed<'_>> {
            match &self.hashed {
                __c::Some(
                    __map,
                ) if __c::Option::is_none(
                    &<user::Map as __c::InputValue>::entry(__map, "HASH"),
                ) => {
                    __c::Some(__c::Hashed {
                        username: <user::Map as __c::InputValue>::entry(
                            __map,
                            "USERNAME",
                        ),
                        client_id: <user::Text as __c::InputValue>::text(&self.client_id),
                    })
                }
                _ => __c::None,
            }
        }
    }
    #[automatically_derived]
    impl __c::fmt::Debug for TypeAssertions {
        #[inline]
        fn fmt(&self, __formatter: &mut __c::fmt::Formatter<'_>) -> __c::fmt::Result {
            let mut __debug = __c::fmt::Formatter::debug_struct(
                __formatter,
                "TypeAssertions",
            );
            __debug.field("client_id", &__c::Redacted);
            __debug.field("named", &__c::Redacted);
            __debug.field("number", &__c::Redacted);
            __debug.field("list", &__c::redacted(&self.list));
            __debug.field("map", &__c::redacted(&self.map));
            __debug.field("entries", &__c::redacted(&self.entries));
            __debug.field("hashed", &__c::redacted(&self.hashed));
            __debug.field("client_secret", &__c::redacted(&self.client_secret));
            __debug.finish()
        }
    }
    #[allow(dead_code)]
    impl TypeAssertions {
        /**Creates `TypeAssertions` with its required members. The optional members are not set.

- `ClientId`: redacted by `Debug`.
- `Named`: length 1; matches `[a]+`; redacted by `Debug`.
- `Number`: 0 to 1; redacted by `Debug`.*/
        #[must_use]
        fn new(
            client_id: impl __c::Into<user::Text>,
            named: impl __c::Into<user::Named>,
            number: impl __c::Into<user::Number>,
        ) -> Self {
            Self {
                client_id: __c::Into::into(client_id),
                named: __c::Into::into(named),
                number: __c::Into::into(number),
                list: __c::None,
                map: __c::None,
                entries: __c::None,
                hashed: __c::None,
                client_secret: __c::None,
            }
        }
        ///Sets `List`: length 1 for each entry; redacted by `Debug`.
        #[must_use]
        fn list<__F>(mut self, list: impl __c::IntoMember<user::List, __F>) -> Self {
            self.list = __c::IntoMember::into_member(list);
            self
        }
        ///Sets `Map`: matches `[a]+` for each key; 0 to 1 for each entry; redacted by `Debug`.
        #[must_use]
        fn map<__F>(mut self, map: impl __c::IntoMember<user::Map, __F>) -> Self {
            self.map = __c::IntoMember::into_member(map);
            self
        }
        ///Sets `Entries`: length 1 for each entry; redacted by `Debug`.
        #[must_use]
        fn entries<__F>(
            mut self,
            entries: impl __c::IntoMember<
                ::std::collections::HashMap<user::Key, user::Value>,
                __F,
                __c::Pairs,
            >,
        ) -> Self {
            self.entries = __c::IntoMember::into_member(entries);
            self
        }
        ///Sets `Hashed`: entry `HASH` computed by a client that has the app client's secret; redacted by `Debug`.
        #[must_use]
        fn hashed<__F>(mut self, hashed: impl __c::IntoMember<user::Map, __F>) -> Self {
            self.hashed = __c::IntoMember::into_member(hashed);
            self
        }
        ///Sets `ClientSecret`: filled in with the app client's secret; redacted by `Debug`.
        #[must_use]
        fn client_secret<__F>(
            mut self,
            client_secret: impl __c::IntoMember<user::Named, __F>,
        ) -> Self {
            self.client_secret = __c::IntoMember::into_member(client_secret);
            self
        }
    }
    #[allow(dead_code)]
    impl TypeAssertions {
        /// Checks the constraints without sending the request.
        ///
        /// # Errors
        ///
        /// Returns all violations, each with the path of its member and without its value.
        fn validate(&self) -> __c::Result<(), ::cognito_op::Violations> {
            __c::Operation::validate(self)
        }
        /**Sends `TypeAssertions`.

The request is validated and serialized before `send` returns. The future borrows only the client.

The operation is not idempotent: if an error reports that it may have executed, sending the request again may execute it a second time.



# Errors

Returns an error if the request violates a constraint, in which case it is not sent, or if the call fails. `may_have_executed` returns whether the operation may have executed.*/
        #[inline]
        fn send<'__client>(
            &self,
            client: &'__client ::cognito_op::Client,
        ) -> ::cognito_op::SendFuture<'__client, ()> {
            __c::Client::send(client, self)
        }
        /**Sends `TypeAssertions` and blocks until the response has arrived.

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
