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
    static __TABLE_0: __c::Class = __c::Class::new(
        1109194275199700726309615304704,
        &[(233, 237), (128512, 128512)],
    );
    static __TABLE_1: __c::Class = __c::Class::new(
        340282365811744188263673881122152906751,
        &[(128, 1114111)],
    );
    static __TABLE_2: __c::Automaton = {
        static __ROWS: [__c::u16; 20] = __c::Automaton::rows(
            b"\0\0\0\0\0\0\x07\0\0\0\0\0\x0C\0\0\0\0\0\0\0\x10\0\0\0\0\0\x08\0\x0C\0\x04\0\0\0\x08\0\x10\0\x04\0",
        );
        __c::Automaton::new(
            3,
            &__ROWS,
            4,
            12,
            &[(0, 0), (45, 1), (46, 0), (97, 2), (123, 0)],
        )
    };
    static __TABLE_3: __c::Automaton = {
        static __ROWS: [__c::u16; 12] = __c::Automaton::rows(
            b"\0\0\0\0\0\0\x07\0\0\0\x08\0\x04\0\x04\0\0\0\x08\0\x04\0\x02\0",
        );
        __c::Automaton::new(
            3,
            &__ROWS,
            8,
            8,
            &[
                (0, 0),
                (45, 1),
                (46, 2),
                (47, 0),
                (48, 1),
                (58, 0),
                (65, 1),
                (91, 0),
                (95, 1),
                (96, 0),
                (97, 1),
                (123, 0),
            ],
        )
    };
    const __ENTRIES_4: &__c::Constraints = &__c::Constraints::NONE
        .length(__c::Some(1), __c::None)
        .repeated("[0-9]", &__c::class::DIGIT, 1, __c::Some(1));
    static __TABLE_4: __c::Class = __c::Class::new(
        339950059921992234495148655666698125311,
        &[(128, 1114111)],
    );
    const __ENTRIES_6: &__c::Constraints = &__c::Constraints::NONE
        .length(__c::Some(3), __c::Some(4))
        .repeated("[^v]+", &__TABLE_4, 1, __c::None);
    static __TABLE_5: __c::Class = __c::Class::new(
        162259276829213363391578010288128,
        &[],
    );
    const __ENTRIES_8: &__c::Constraints = &__c::Constraints::NONE
        .length(__c::Some(1), __c::Some(2))
        .repeated("[k]+", &__TABLE_5, 1, __c::None);
    const _: () = __c::assert!(
        __c::fits(& < user::Text as __c::InputValue > ::SHAPE, &
        __c::Expected::Measured),
        "`user::Text` has no length; `len` bounds strings, lists, maps and blobs"
    );
    const _: () = __c::assert!(
        __c::fits(& < user::Text as __c::InputValue > ::SHAPE, & __c::Expected::String),
        "`user::Text` is not a string; `pattern` matches strings (in a list with `#[each(pattern(…))]`, in a map with `#[keys(…)]` and `#[values(…)]`)"
    );
    const _: () = __c::assert!(
        __c::fits(& < user::Text as __c::InputValue > ::SHAPE, & __c::Expected::String),
        "`user::Text` is not a string; `pattern` matches strings (in a list with `#[each(pattern(…))]`, in a map with `#[keys(…)]` and `#[values(…)]`)"
    );
    const _: () = __c::assert!(
        __c::fits(& < user::Text as __c::InputValue > ::SHAPE, & __c::Expected::String),
        "`user::Text` is not a string; `pattern` matches strings (in a list with `#[each(pattern(…))]`, in a map with `#[keys(…)]` and `#[values(…)]`)"
    );
    const _: () = __c::assert!(
        __c::fits(& < user::Text as __c::InputValue > ::SHAPE, & __c::Expected::String),
        "`user::Text` is not a string; `pattern` matches strings (in a list with `#[each(pattern(…))]`, in a map with `#[keys(…)]` and `#[values(…)]`)"
    );
    const _: () = __c::assert!(
        __c::fits(& < user::Text as __c::InputValue > ::SHAPE, & __c::Expected::String),
        "`user::Text` is not a string; `pattern` matches strings (in a list with `#[each(pattern(…))]`, in a map with `#[keys(…)]` and `#[values(…)]`)"
    );
    const _: () = __c::assert!(
        __c::fits(__c::entry(& < ::std::vec::Vec < user::Text > as __c::InputValue >
        ::SHAPE, 0), & __c::Expected::Measured),
        "`user::Text` has no length; `len` bounds strings, lists, maps and blobs"
    );
    const _: () = __c::assert!(
        __c::fits(__c::entry(& < ::std::vec::Vec < user::Text > as __c::InputValue >
        ::SHAPE, 0), & __c::Expected::String),
        "`user::Text` is not a string; `pattern` matches strings (in a list with `#[each(pattern(…))]`, in a map with `#[keys(…)]` and `#[values(…)]`)"
    );
    const _: () = __c::assert!(
        __c::fits(__c::entry(& < ::std::collections::BTreeMap < user::Text, user::Text >
        as __c::InputValue > ::SHAPE, 0), & __c::Expected::Measured),
        "`user::Text` has no length; `len` bounds strings, lists, maps and blobs"
    );
    const _: () = __c::assert!(
        __c::fits(__c::entry(& < ::std::collections::BTreeMap < user::Text, user::Text >
        as __c::InputValue > ::SHAPE, 0), & __c::Expected::String),
        "`user::Text` is not a string; `pattern` matches strings (in a list with `#[each(pattern(…))]`, in a map with `#[keys(…)]` and `#[values(…)]`)"
    );
    const _: () = __c::assert!(
        __c::fits(__c::entry(& < ::std::collections::BTreeMap < user::Text, user::Text >
        as __c::InputValue > ::SHAPE, 1), & __c::Expected::Measured),
        "`user::Text` has no length; `len` bounds strings, lists, maps and blobs"
    );
    const _: () = __c::assert!(
        __c::fits(__c::entry(& < ::std::collections::BTreeMap < user::Text, user::Text >
        as __c::InputValue > ::SHAPE, 1), & __c::Expected::String),
        "`user::Text` is not a string; `pattern` matches strings (in a list with `#[each(pattern(…))]`, in a map with `#[keys(…)]` and `#[values(…)]`)"
    );
    #[automatically_derived]
    impl __c::Structure for Constraints {
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
                        "username",
                        "Username",
                        <user::Text as __c::InputValue>::SHAPE,
                    )
                    .required()
                    .sensitive(),
                __c::Member::new(
                        "own_class",
                        "OwnClass",
                        <user::Text as __c::InputValue>::SHAPE,
                    )
                    .sensitive()
                    .constrained(
                        __c::Constraints::NONE
                            .length(__c::Some(2), __c::Some(2))
                            .repeated("[a-cé-í😀]{2,4}", &__TABLE_0, 2, __c::Some(4)),
                    ),
                __c::Member::new(
                        "same_class",
                        "SameClass",
                        <user::Text as __c::InputValue>::SHAPE,
                    )
                    .sensitive()
                    .constrained(
                        __c::Constraints::NONE
                            .repeated("[a-cé-í😀]+", &__TABLE_0, 1, __c::None),
                    ),
                __c::Member::new(
                        "the_rest",
                        "TheRest",
                        <user::Text as __c::InputValue>::SHAPE,
                    )
                    .sensitive()
                    .constrained(
                        __c::Constraints::NONE
                            .repeated("[^a-c]{3}", &__TABLE_1, 3, __c::Some(3)),
                    ),
                __c::Member::new(
                        "automaton",
                        "Automaton",
                        <user::Text as __c::InputValue>::SHAPE,
                    )
                    .sensitive()
                    .constrained(
                        __c::Constraints::NONE.automaton("[a-z]+(-[a-z]+)*", &__TABLE_2),
                    ),
                __c::Member::new(
                        "looks_behind",
                        "LooksBehind",
                        <user::Text as __c::InputValue>::SHAPE,
                    )
                    .sensitive()
                    .constrained(
                        __c::Constraints::NONE
                            .automaton("^[0-9A-Za-z\\.\\-_]*(?<!\\.)$", &__TABLE_3),
                    ),
                __c::Member::new(
                        "list",
                        "List",
                        <::std::vec::Vec<user::Text> as __c::InputValue>::SHAPE,
                    )
                    .sensitive()
                    .constrained(
                        __c::Constraints::NONE
                            .length(__c::None, __c::Some(5))
                            .entries(__ENTRIES_4),
                    ),
                __c::Member::new(
                        "map",
                        "Map",
                        <::std::collections::BTreeMap<
                            user::Text,
                            user::Text,
                        > as __c::InputValue>::SHAPE,
                    )
                    .sensitive()
                    .constrained(
                        __c::Constraints::NONE
                            .length(__c::Some(1), __c::None)
                            .entries(__ENTRIES_6)
                            .keys(__ENTRIES_8),
                    ),
                __c::Member::new("number", "Number", <i64 as __c::InputValue>::SHAPE)
                    .required()
                    .sensitive()
                    .constrained(
                        __c::Constraints::NONE.range(__c::Some(-1), __c::Some(60)),
                    ),
                __c::Member::new(
                        "named",
                        "OTHER_NAME",
                        <user::Text as __c::InputValue>::SHAPE,
                    )
                    .sensitive(),
                __c::Member::new(
                        "entries",
                        "Entries",
                        <::std::collections::BTreeMap<
                            user::Text,
                            user::Text,
                        > as __c::InputValue>::SHAPE,
                    )
                    .sensitive()
                    .auto_fill(__c::AutoFill::SecretHashEntry("SECRET_HASH")),
            ]
        };
    }
    #[automatically_derived]
    impl __c::InputStructure for Constraints {
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
            match &self.own_class {
                __c::Some(__value) => {
                    <user::Text as __c::InputValue>::visit(
                        __value,
                        &__members[2],
                        __visitor,
                    )
                }
                __c::None => __c::Visitor::absent(__visitor, &__members[2]),
            }
            match &self.same_class {
                __c::Some(__value) => {
                    <user::Text as __c::InputValue>::visit(
                        __value,
                        &__members[3],
                        __visitor,
                    )
                }
                __c::None => __c::Visitor::absent(__visitor, &__members[3]),
            }
            match &self.the_rest {
                __c::Some(__value) => {
                    <user::Text as __c::InputValue>::visit(
                        __value,
                        &__members[4],
                        __visitor,
                    )
                }
                __c::None => __c::Visitor::absent(__visitor, &__members[4]),
            }
            match &self.automaton {
                __c::Some(__value) => {
                    <user::Text as __c::InputValue>::visit(
                        __value,
                        &__members[5],
                        __visitor,
                    )
                }
                __c::None => __c::Visitor::absent(__visitor, &__members[5]),
            }
            match &self.looks_behind {
                __c::Some(__value) => {
                    <user::Text as __c::InputValue>::visit(
                        __value,
                        &__members[6],
                        __visitor,
                    )
                }
                __c::None => __c::Visitor::absent(__visitor, &__members[6]),
            }
            match &self.list {
                __c::Some(__value) => {
                    <::std::vec::Vec<
                        user::Text,
                    > as __c::InputValue>::visit(__value, &__members[7], __visitor)
                }
                __c::None => __c::Visitor::absent(__visitor, &__members[7]),
            }
            match &self.map {
                __c::Some(__value) => {
                    <::std::collections::BTreeMap<
                        user::Text,
                        user::Text,
                    > as __c::InputValue>::visit(__value, &__members[8], __visitor)
                }
                __c::None => __c::Visitor::absent(__visitor, &__members[8]),
            }
            <i64 as __c::InputValue>::visit(&self.number, &__members[9], __visitor);
            match &self.named {
                __c::Some(__value) => {
                    <user::Text as __c::InputValue>::visit(
                        __value,
                        &__members[10],
                        __visitor,
                    )
                }
                __c::None => __c::Visitor::absent(__visitor, &__members[10]),
            }
            match &self.entries {
                __c::Some(__value) => {
                    <::std::collections::BTreeMap<
                        user::Text,
                        user::Text,
                    > as __c::InputValue>::visit(__value, &__members[11], __visitor)
                }
                __c::None => __c::Visitor::absent(__visitor, &__members[11]),
            }
        }
    }
    #[automatically_derived]
    impl __c::Operation for Constraints {
        type Output = ConstraintsResponse;
        const NAME: &'static __c::str = "Constraints";
        #[inline]
        fn client_id(&self) -> __c::Option<&__c::str> {
            <user::Text as __c::InputValue>::text(&self.client_id)
        }
        #[inline]
        fn hashed(&self) -> __c::Option<__c::Hashed<'_>> {
            match &self.entries {
                __c::Some(
                    __map,
                ) if __c::Option::is_none(
                    &<::std::collections::BTreeMap<
                        user::Text,
                        user::Text,
                    > as __c::InputValue>::entry(__map, "SECRET_HASH"),
                ) => {
                    __c::Some(__c::Hashed {
                        username: <::std::collections::BTreeMap<
                            user::Text,
                            user::Text,
                        > as __c::InputValue>::entry(__map, "USERNAME"),
                        client_id: <user::Text as __c::InputValue>::text(&self.client_id),
                    })
                }
                _ => __c::None,
            }
        }
    }
    #[allow(dead_code)]
    impl Constraints {
        /**Creates `Constraints` with its required members. The optional members are not set.

- `ClientId`: redacted by `Debug`.
- `Username`: redacted by `Debug`.
- `Number`: -1 to 60; redacted by `Debug`.*/
        #[must_use]
        fn new(
            client_id: impl __c::Into<user::Text>,
            username: impl __c::Into<user::Text>,
            number: impl __c::Into<i64>,
        ) -> Self {
            Self {
                client_id: __c::Into::into(client_id),
                username: __c::Into::into(username),
                own_class: __c::None,
                same_class: __c::None,
                the_rest: __c::None,
                automaton: __c::None,
                looks_behind: __c::None,
                list: __c::None,
                map: __c::None,
                number: __c::Into::into(number),
                named: __c::None,
                entries: __c::None,
            }
        }
        ///Sets `OwnClass`: length 2; matches `[a-cé-í😀]{2,4}`; redacted by `Debug`.
        #[must_use]
        fn own_class<__F>(
            mut self,
            own_class: impl __c::IntoMember<user::Text, __F>,
        ) -> Self {
            self.own_class = __c::IntoMember::into_member(own_class);
            self
        }
        ///Sets `SameClass`: matches `[a-cé-í😀]+`; redacted by `Debug`.
        #[must_use]
        fn same_class<__F>(
            mut self,
            same_class: impl __c::IntoMember<user::Text, __F>,
        ) -> Self {
            self.same_class = __c::IntoMember::into_member(same_class);
            self
        }
        ///Sets `TheRest`: matches `[^a-c]{3}`; redacted by `Debug`.
        #[must_use]
        fn the_rest<__F>(
            mut self,
            the_rest: impl __c::IntoMember<user::Text, __F>,
        ) -> Self {
            self.the_rest = __c::IntoMember::into_member(the_rest);
            self
        }
        ///Sets `Automaton`: matches `[a-z]+(-[a-z]+)*`; redacted by `Debug`.
        #[must_use]
        fn automaton<__F>(
            mut self,
            automaton: impl __c::IntoMember<user::Text, __F>,
        ) -> Self {
            self.automaton = __c::IntoMember::into_member(automaton);
            self
        }
        ///Sets `LooksBehind`: matches `^[0-9A-Za-z\.\-_]*(?<!\.)$`; redacted by `Debug`.
        #[must_use]
        fn looks_behind<__F>(
            mut self,
            looks_behind: impl __c::IntoMember<user::Text, __F>,
        ) -> Self {
            self.looks_behind = __c::IntoMember::into_member(looks_behind);
            self
        }
        ///Sets `List`: length at most 5; length at least 1 and matches `[0-9]` for each entry; redacted by `Debug`.
        #[must_use]
        fn list<__F>(
            mut self,
            list: impl __c::IntoMember<::std::vec::Vec<user::Text>, __F, __c::Many>,
        ) -> Self {
            self.list = __c::IntoMember::into_member(list);
            self
        }
        ///Sets `Map`: length at least 1; length 1 to 2 and matches `[k]+` for each key; length 3 to 4 and matches `[^v]+` for each entry; redacted by `Debug`.
        #[must_use]
        fn map<__F>(
            mut self,
            map: impl __c::IntoMember<
                ::std::collections::BTreeMap<user::Text, user::Text>,
                __F,
                __c::Pairs,
            >,
        ) -> Self {
            self.map = __c::IntoMember::into_member(map);
            self
        }
        ///Sets `OTHER_NAME`: redacted by `Debug`.
        #[must_use]
        fn named<__F>(mut self, named: impl __c::IntoMember<user::Text, __F>) -> Self {
            self.named = __c::IntoMember::into_member(named);
            self
        }
        ///Sets `Entries`: entry `SECRET_HASH` computed by a client that has the app client's secret; redacted by `Debug`.
        #[must_use]
        fn entries<__F>(
            mut self,
            entries: impl __c::IntoMember<
                ::std::collections::BTreeMap<user::Text, user::Text>,
                __F,
                __c::Pairs,
            >,
        ) -> Self {
            self.entries = __c::IntoMember::into_member(entries);
            self
        }
    }
    #[allow(dead_code)]
    impl Constraints {
        /// Checks the constraints without sending the request.
        ///
        /// # Errors
        ///
        /// Returns all violations, each with the path of its member and without its value.
        fn validate(&self) -> __c::Result<(), ::cognito_op::Violations> {
            __c::Operation::validate(self)
        }
        /**Sends `Constraints`.

The request is validated and serialized before `send` returns. The future borrows only the client.

The operation is not idempotent: if an error reports that it may have executed, sending the request again may execute it a second time.



# Errors

Returns an error if the request violates a constraint, in which case it is not sent, or if the call fails. `may_have_executed` returns whether the operation may have executed.*/
        #[inline]
        fn send<'__client>(
            &self,
            client: &'__client ::cognito_op::Client,
        ) -> ::cognito_op::SendFuture<'__client, ConstraintsResponse> {
            __c::Client::send(client, self)
        }
        /**Sends `Constraints` and blocks until the response has arrived.

# Errors

Returns the same errors as `send`.*/
        #[inline]
        fn send_blocking(
            &self,
            client: &::cognito_op::blocking::Client,
        ) -> __c::Result<ConstraintsResponse, ::cognito_op::Error> {
            __c::blocking::Client::send(client, self)
        }
    }
};
