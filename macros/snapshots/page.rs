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
        __c::fits(& < ::std::vec::Vec < user::User > as __c::OutputValue > ::SHAPE, &
        __c::Expected::List(& __c::Expected::Structure(& ["UserType"]))),
        "`Users` is a list of `UserType`, which `::std::vec::Vec<user::User>` does not represent; make it `Vec<User>`, or add `#[cognito_shape(UserType)]` to the intended type"
    );
    #[automatically_derived]
    impl __c::Structure for ListUsersResponse {
        const MEMBERS: &'static [__c::Member] = {
            &[
                __c::Member::new(
                    "users",
                    "Users",
                    <::std::vec::Vec<user::User> as __c::OutputValue>::SHAPE,
                ),
                __c::Member::new(
                    "pagination_token",
                    "PaginationToken",
                    <::std::string::String as __c::OutputValue>::SHAPE,
                ),
            ]
        };
    }
    #[automatically_derived]
    impl __c::fmt::Debug for ListUsersResponse {
        #[inline]
        fn fmt(&self, __formatter: &mut __c::fmt::Formatter<'_>) -> __c::fmt::Result {
            let mut __debug = __c::fmt::Formatter::debug_struct(
                __formatter,
                "ListUsersResponse",
            );
            __debug.field("users", __c::Shown(&self.users).__debug());
            __debug
                .field("pagination_token", __c::Shown(&self.pagination_token).__debug());
            __debug.finish()
        }
    }
    #[allow(dead_code)]
    impl ListUsersResponse {
        ///Creates `ListUsersResponse` without any members set.
        #[must_use]
        pub fn new() -> Self {
            Self {
                users: __c::None,
                pagination_token: __c::None,
            }
        }
        ///Sets `Users`.
        #[must_use]
        pub fn users<__F>(
            mut self,
            users: impl __c::IntoMember<::std::vec::Vec<user::User>, __F, __c::Many>,
        ) -> Self {
            self.users = __c::IntoMember::into_member(users);
            self
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
    #[automatically_derived]
    impl __c::OutputStructure for ListUsersResponse {
        fn read_members<'__de, __A: __c::MapAccess<'__de>>(
            __members: &mut __c::Members<'__de, __A>,
        ) -> __c::Result<Self, __A::Error> {
            let mut __slot0 = __c::None;
            let mut __slot1 = __c::None;
            while let __c::Some(__index) = __c::Members::next_index(__members)? {
                match __index {
                    0 => {
                        __slot0 = <::std::vec::Vec<
                            user::User,
                        > as __c::OutputValue>::read_member(__members)?;
                    }
                    1 => {
                        __slot1 = <::std::string::String as __c::OutputValue>::read_member(
                            __members,
                        )?;
                    }
                    _ => {}
                }
            }
            __c::Ok(Self {
                users: __slot0,
                pagination_token: __slot1,
            })
        }
    }
    #[automatically_derived]
    impl __c::OutputValue for ListUsersResponse {
        const SHAPE: __c::Shape = __c::Shape::Structure {
            name: __c::Some("ListUsersResponse"),
            members: <Self as __c::Structure>::MEMBERS,
        };
        fn read<'__de, __D: __c::Deserializer<'__de>>(
            __deserializer: __D,
        ) -> __c::Result<Self, __D::Error> {
            __c::read_structure(__deserializer)
        }
    }
    #[automatically_derived]
    impl __c::Page for ListUsersResponse {
        type Item = user::User;
        fn next_token(&self) -> __c::Option<&__c::str> {
            __c::Option::as_deref(&self.pagination_token)
        }
        fn is_empty(&self) -> __c::bool {
            __c::Option::is_none_or(__c::Option::as_ref(&self.users), __c::Vec::is_empty)
        }
        fn take_items(&mut self) -> __c::Vec<Self::Item> {
            __c::Option::unwrap_or_default(__c::Option::take(&mut self.users))
        }
    }
};
