//! Serialization of the shapes as on the wire.

/// Implements `Serialize` and `Deserialize` for shapes, in the form that the service uses.
macro_rules! as_on_the_wire {
    ($($shape:ident)*) => {$(
        /// Serializes the value in the form that the service uses.
        impl ::serde::ser::Serialize for $shape {
            fn serialize<S: ::serde::ser::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                ::cognito_op::wire::serialize(self, serializer)
            }
        }

        impl<'de> ::serde::de::Deserialize<'de> for $shape {
            fn deserialize<D: ::serde::de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                ::cognito_op::wire::deserialize(deserializer)
            }
        }
    )*};
}

pub(crate) use as_on_the_wire;
