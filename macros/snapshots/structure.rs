#[allow(
    deprecated,
    non_snake_case,
    clippy::impl_trait_in_params,
    clippy::missing_asserts_for_indexing,
    clippy::same_name_method
)]
#[allow(clippy::struct_field_names)]
const _: () = {
    use ::renamed::__private as __c;
    const _: () = __c::assert!(
        __c::fits(& < user::Text as __c::InputValue > ::SHAPE, & __c::Expected::String),
        "`Destination` is a string, which `user::Text` cannot hold; make it `String`"
    );
    const _: () = __c::assert!(
        __c::fits(& < user::DeliveryMedium as __c::InputValue > ::SHAPE, &
        __c::Expected::Enum("DeliveryMediumType")),
        "`DeliveryMedium` is the string enum `DeliveryMediumType`, which `user::DeliveryMedium` does not represent; make it `DeliveryMedium`, or add `#[cognito_shape(DeliveryMediumType)]` to the intended type"
    );
    #[automatically_derived]
    impl __c::Structure for CodeDeliveryDetails {
        const MEMBERS: &'static [__c::Member] = {
            &[
                __c::Member::new(
                        "destination",
                        "Destination",
                        <user::Text as __c::InputValue>::SHAPE,
                    )
                    .required(),
                __c::Member::new(
                    "delivery_medium",
                    "DeliveryMedium",
                    <user::DeliveryMedium as __c::InputValue>::SHAPE,
                ),
            ]
        };
    }
    #[automatically_derived]
    impl __c::fmt::Debug for CodeDeliveryDetails {
        #[inline]
        fn fmt(&self, __formatter: &mut __c::fmt::Formatter<'_>) -> __c::fmt::Result {
            let mut __debug = __c::fmt::Formatter::debug_struct(
                __formatter,
                "CodeDeliveryDetails",
            );
            __debug.field("destination", __c::Shown(&self.destination).__debug());
            __debug
                .field("delivery_medium", __c::Shown(&self.delivery_medium).__debug());
            __debug.finish()
        }
    }
    #[allow(dead_code)]
    impl CodeDeliveryDetails {
        /**Creates `CodeDeliveryDetails` with its required members. The optional members are not set.

- `Destination`.*/
        #[must_use]
        pub fn new(destination: impl __c::Into<user::Text>) -> Self {
            Self {
                destination: __c::Into::into(destination),
                delivery_medium: __c::None,
            }
        }
        ///Sets `DeliveryMedium`.
        #[must_use]
        pub fn delivery_medium<__F>(
            mut self,
            delivery_medium: impl __c::IntoMember<user::DeliveryMedium, __F>,
        ) -> Self {
            self.delivery_medium = __c::IntoMember::into_member(delivery_medium);
            self
        }
    }
    #[automatically_derived]
    impl __c::InputStructure for CodeDeliveryDetails {
        fn visit<__V: __c::Visitor>(&self, __visitor: &mut __V) {
            let __members = <Self as __c::Structure>::MEMBERS;
            <user::Text as __c::InputValue>::visit(
                &self.destination,
                &__members[0],
                __visitor,
            );
            match &self.delivery_medium {
                __c::Some(__value) => {
                    <user::DeliveryMedium as __c::InputValue>::visit(
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
    impl __c::InputValue for CodeDeliveryDetails {
        const SHAPE: __c::Shape = __c::Shape::Structure {
            name: __c::Some("CodeDeliveryDetailsType"),
            members: <Self as __c::Structure>::MEMBERS,
        };
        #[inline]
        fn write(&self, __writer: &mut __c::Writer<'_>) {
            __c::write_structure(self, __writer);
        }
        #[inline]
        fn check(&self, _: &__c::Constraints, __checker: &mut __c::Checker<'_>) {
            __c::check_structure(self, __checker);
        }
    }
    #[automatically_derived]
    impl __c::OutputStructure for CodeDeliveryDetails {
        fn read_members<'__de, __A: __c::MapAccess<'__de>>(
            __members: &mut __c::Members<'__de, __A>,
        ) -> __c::Result<Self, __A::Error> {
            let mut __slot0 = __c::None;
            let mut __slot1 = __c::None;
            while let __c::Some(__index) = __c::Members::next_index(__members)? {
                match __index {
                    0 => {
                        __slot0 = __c::Read::<user::Text>(__c::PhantomData)
                            .__member(__members)?;
                    }
                    1 => {
                        __slot1 = __c::Read::<user::DeliveryMedium>(__c::PhantomData)
                            .__member(__members)?;
                    }
                    _ => {}
                }
            }
            __c::Ok(Self {
                destination: __c::present::<_, __A::Error>(__slot0, "Destination")?,
                delivery_medium: __slot1,
            })
        }
    }
    #[automatically_derived]
    impl __c::OutputValue for CodeDeliveryDetails {
        const SHAPE: __c::Shape = __c::Shape::Structure {
            name: __c::Some("CodeDeliveryDetailsType"),
            members: <Self as __c::Structure>::MEMBERS,
        };
        fn read<'__de, __D: __c::Deserializer<'__de>>(
            __deserializer: __D,
        ) -> __c::Result<Self, __D::Error> {
            __c::read_structure(__deserializer)
        }
    }
};
