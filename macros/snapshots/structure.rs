const _: () = {
    use ::renamed::__private as __c;
    const _: () = __c::assert!(
        __c::fits(& < user::Text as __c::InputValue > ::SHAPE, & __c::Expected::String),
        "`Destination` is a string, which `user::Text` cannot hold; make it `String`"
    );
    const _: () = __c::assert!(
        __c::fits(& < user::DeliveryMedium as __c::InputValue > ::SHAPE, &
        __c::Expected::Enum("DeliveryMediumType")),
        "`DeliveryMedium` is a string of an open enum, `DeliveryMediumType`, which `user::DeliveryMedium` cannot hold; make it `DeliveryMedium`"
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
        fn fmt(&self, formatter: &mut __c::fmt::Formatter<'_>) -> __c::fmt::Result {
            let mut shown = __c::fmt::Formatter::debug_struct(
                formatter,
                "CodeDeliveryDetails",
            );
            shown.field("destination", &self.destination);
            shown.field("delivery_medium", &self.delivery_medium);
            shown.finish()
        }
    }
    #[allow(dead_code)]
    impl CodeDeliveryDetails {
        /**`CodeDeliveryDetails` with its required members; the optional ones are left out until they are set.

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
        pub fn delivery_medium(
            mut self,
            delivery_medium: impl __c::Into<user::DeliveryMedium>,
        ) -> Self {
            self.delivery_medium = __c::Some(__c::Into::into(delivery_medium));
            self
        }
    }
    #[automatically_derived]
    impl __c::InputStructure for CodeDeliveryDetails {
        fn visit<__V: __c::Visitor>(&self, visitor: &mut __V) {
            let members = <Self as __c::Structure>::MEMBERS;
            <user::Text as __c::InputValue>::visit(
                &self.destination,
                &members[0],
                visitor,
            );
            match &self.delivery_medium {
                __c::Some(value) => {
                    <user::DeliveryMedium as __c::InputValue>::visit(
                        value,
                        &members[1],
                        visitor,
                    )
                }
                __c::None => __c::Visitor::absent(visitor, &members[1]),
            }
        }
    }
    #[automatically_derived]
    impl __c::InputValue for CodeDeliveryDetails {
        const SHAPE: __c::Shape = __c::Shape::Structure {
            name: __c::Some("CodeDeliveryDetailsType"),
            members: <Self as __c::Structure>::MEMBERS,
        };
        fn write(&self, writer: &mut __c::Writer<'_>) {
            __c::write_structure(self, writer);
        }
        fn check(&self, _: &__c::Constraints, checker: &mut __c::Checker<'_>) {
            __c::check_structure(self, checker);
        }
    }
    #[automatically_derived]
    impl __c::OutputStructure for CodeDeliveryDetails {
        fn read_members<'__de, __A: __c::MapAccess<'__de>>(
            members: &mut __c::Members<'__de, __A>,
        ) -> __c::Result<Self, __A::Error> {
            let mut slot0 = __c::None;
            let mut slot1 = __c::None;
            while let __c::Some(index) = __c::Members::next_index(members)? {
                match index {
                    0 => slot0 = <user::Text as __c::OutputValue>::read_member(members)?,
                    1 => {
                        slot1 = <user::DeliveryMedium as __c::OutputValue>::read_member(
                            members,
                        )?;
                    }
                    _ => {}
                }
            }
            __c::Ok(Self {
                destination: __c::present::<_, __A::Error>(slot0, "Destination")?,
                delivery_medium: slot1,
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
            deserializer: __D,
        ) -> __c::Result<Self, __D::Error> {
            __c::read_structure(deserializer)
        }
    }
};
