const _: () = {
    use ::cognito_op::__private as __c;
    #[allow(dead_code)]
    impl DeliveryMedium {
        /// The value as it stands on the wire.
        #[must_use]
        fn as_str(&self) -> &__c::str {
            match self {
                Self::Sms => "SMS",
                Self::Email => "EMAIL",
                Self::Other(value) => value,
            }
        }
    }
    #[automatically_derived]
    impl<'__a> __c::From<&'__a __c::str> for DeliveryMedium {
        fn from(value: &'__a __c::str) -> Self {
            match value {
                "SMS" => Self::Sms,
                "EMAIL" => Self::Email,
                _ => Self::Other(__c::Into::into(value)),
            }
        }
    }
    #[automatically_derived]
    impl __c::From<__c::String> for DeliveryMedium {
        fn from(value: __c::String) -> Self {
            __c::From::from(__c::String::as_str(&value))
        }
    }
    #[automatically_derived]
    impl __c::FromStr for DeliveryMedium {
        type Err = __c::Infallible;
        fn from_str(value: &__c::str) -> __c::Result<Self, __c::Infallible> {
            __c::Ok(__c::From::from(value))
        }
    }
    #[automatically_derived]
    impl __c::fmt::Display for DeliveryMedium {
        fn fmt(&self, formatter: &mut __c::fmt::Formatter<'_>) -> __c::fmt::Result {
            __c::fmt::Formatter::pad(formatter, Self::as_str(self))
        }
    }
    #[automatically_derived]
    impl __c::fmt::Debug for DeliveryMedium {
        fn fmt(&self, formatter: &mut __c::fmt::Formatter<'_>) -> __c::fmt::Result {
            match self {
                Self::Sms => __c::fmt::Formatter::write_str(formatter, "Sms"),
                Self::Email => __c::fmt::Formatter::write_str(formatter, "Email"),
                Self::Other(value) => {
                    __c::fmt::Formatter::debug_tuple(formatter, "Other")
                        .field(value)
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
        fn write(&self, writer: &mut __c::Writer<'_>) {
            __c::Writer::string(writer, Self::as_str(self));
        }
        fn check(&self, constraints: &__c::Constraints, checker: &mut __c::Checker<'_>) {
            __c::Checker::text(checker, Self::as_str(self), constraints);
        }
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
            deserializer: __D,
        ) -> __c::Result<Self, __D::Error> {
            __c::read_text(deserializer)
        }
    }
};
