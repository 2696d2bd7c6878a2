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
    #[allow(dead_code)]
    impl DeliveryMedium {
        /// Returns the value as a string.
        #[must_use]
        #[inline]
        fn as_str(&self) -> &__c::str {
            match self {
                Self::Sms => "SMS",
                Self::Email => "EMAIL",
                Self::Other(__value) => __value,
            }
        }
    }
    #[automatically_derived]
    impl<'__a> __c::From<&'__a __c::str> for DeliveryMedium {
        #[inline]
        fn from(__value: &'__a __c::str) -> Self {
            match __value {
                "SMS" => Self::Sms,
                "EMAIL" => Self::Email,
                _ => Self::Other(__c::Into::into(__value)),
            }
        }
    }
    #[automatically_derived]
    impl __c::From<__c::String> for DeliveryMedium {
        #[inline]
        fn from(__value: __c::String) -> Self {
            __c::From::from(__c::String::as_str(&__value))
        }
    }
    #[automatically_derived]
    impl __c::From<DeliveryMedium> for __c::String {
        #[inline]
        fn from(__value: DeliveryMedium) -> Self {
            __c::Into::into(DeliveryMedium::as_str(&__value))
        }
    }
    #[automatically_derived]
    impl __c::FromStr for DeliveryMedium {
        type Err = __c::Infallible;
        #[inline]
        fn from_str(__value: &__c::str) -> __c::Result<Self, __c::Infallible> {
            __c::Ok(__c::From::from(__value))
        }
    }
    #[automatically_derived]
    impl __c::fmt::Display for DeliveryMedium {
        #[inline]
        fn fmt(&self, __formatter: &mut __c::fmt::Formatter<'_>) -> __c::fmt::Result {
            __c::fmt::Formatter::pad(__formatter, Self::as_str(self))
        }
    }
    #[automatically_derived]
    impl __c::fmt::Debug for DeliveryMedium {
        #[inline]
        fn fmt(&self, __formatter: &mut __c::fmt::Formatter<'_>) -> __c::fmt::Result {
            match self {
                Self::Sms => __c::fmt::Formatter::write_str(__formatter, "Sms"),
                Self::Email => __c::fmt::Formatter::write_str(__formatter, "Email"),
                Self::Other(__value) => {
                    __c::fmt::Formatter::debug_tuple(__formatter, "Other")
                        .field(&__c::unknown(__value))
                        .finish()
                }
            }
        }
    }
    #[automatically_derived]
    impl __c::InputValue for DeliveryMedium {
        const SHAPE: __c::Shape = __c::Shape::Enum {
            name: __c::Some("DeliveryMediumType"),
            values: &["SMS", "EMAIL"],
        };
        #[inline]
        fn write(&self, __writer: &mut __c::Writer<'_>) {
            __c::Writer::string(__writer, Self::as_str(self));
        }
        #[inline]
        fn check(
            &self,
            __constraints: &__c::Constraints,
            __checker: &mut __c::Checker<'_>,
        ) {
            __c::Checker::text(__checker, Self::as_str(self), __constraints);
        }
        #[inline]
        fn text(&self) -> __c::Option<&__c::str> {
            __c::Some(Self::as_str(self))
        }
    }
    #[automatically_derived]
    impl __c::OutputValue for DeliveryMedium {
        const SHAPE: __c::Shape = __c::Shape::Enum {
            name: __c::Some("DeliveryMediumType"),
            values: &["SMS", "EMAIL"],
        };
        fn read<'__de, __D: __c::Deserializer<'__de>>(
            __deserializer: __D,
        ) -> __c::Result<Self, __D::Error> {
            __c::read_text(__deserializer)
        }
    }
};
