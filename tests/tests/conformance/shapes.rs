//! The operations and shapes of the protocol suites, declared as in a program. The macros generate the code that writes
//! requests and reads responses. serde's derives are independent of that code: they read the parameters of a case, and
//! write the result for the comparison.

use crate::plain;
use cognito_op::{cognito_op, cognito_shape};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use std::time::SystemTime;

/// Declares operations and shapes with the same members, all of which are optional. If the name on the wire differs
/// from that of the field, it precedes the field.
macro_rules! declare {
    ($($(#[$attribute:meta])+ $name:ident),+: $members:tt) => {
        $(declare! { @ $(#[$attribute])+ $name $members })+
    };
    (@ $(#[$attribute:meta])+ $name:ident { $($(#[$of_field:meta])* $($wire:literal)? $field:ident: $ty:ty,)* }) => {
        $(#[$attribute])+
        #[derive(Default, Deserialize, Serialize)]
        #[serde(default, rename_all = "PascalCase", deny_unknown_fields)]
        pub(crate) struct $name {
            $($(#[$of_field])* $(#[member($wire)] #[serde(rename = $wire)])? pub(crate) $field: Option<$ty>,)*
        }
    };
}

declare! { #[cognito_op(target = "EmptyOperation", unmodeled, response = ())] EmptyOperation: {} }

declare! { #[cognito_op(target = "HostWithPathOperation", unmodeled, response = ())] HostWithPath: {} }

declare! { #[cognito_op(target = "GreetingWithErrors", unmodeled, response = ())] GreetingWithErrors: {} }

declare! {
    #[cognito_op(target = "OperationWithOptionalInputOutput", unmodeled, response = ())]
    OptionalInput: { value: String, }
}

declare! {
    #[cognito_op(target = "NullOperation", unmodeled, response = NullOutput)]
    NullOperation,
    #[cognito_shape]
    NullOutput: { "string" string: String, }
}

declare! {
    #[cognito_op(target = "PutAndGetInlineDocuments", unmodeled, response = InlineDocument)]
    PutAndGetInlineDocuments,
    #[cognito_shape]
    InlineDocument: { "inlineDocument" document: Value, }
}

declare! {
    #[cognito_op(target = "KitchenSinkOperation", unmodeled, response = KitchenSink)]
    KitchenSinkOperation,
    #[cognito_shape]
    KitchenSink: {
        #[serde(with = "plain")]
        blob: Vec<u8>,
        boolean: bool,
        empty_struct: EmptyStruct,
        integer: i32,
        json_value: String,
        list_of_lists: Vec<Vec<String>>,
        list_of_maps_of_strings: Vec<BTreeMap<String, String>>,
        list_of_strings: Vec<String>,
        list_of_structs: Vec<SimpleStruct>,
        long: i64,
        map_of_lists_of_strings: BTreeMap<String, Vec<String>>,
        map_of_maps: BTreeMap<String, BTreeMap<String, String>>,
        map_of_strings: BTreeMap<String, String>,
        map_of_structs: BTreeMap<String, SimpleStruct>,
        simple_struct: SimpleStruct,
        string: String,
        struct_with_json_name: SimpleStruct,
        #[serde(with = "plain")]
        timestamp: SystemTime,
        #[serde(with = "plain")]
        unix_timestamp: SystemTime,
    }
}

declare! { #[cognito_shape] EmptyStruct: {} }
declare! { #[cognito_shape] SimpleStruct: { value: String, } }

declare! {
    #[cognito_op(target = "JsonEnums", unmodeled, response = Enums)]
    JsonEnums,
    #[cognito_shape]
    Enums: {
        #[serde(with = "plain")] "fooEnum1" one: FooEnum,
        #[serde(with = "plain")] "fooEnum2" two: FooEnum,
        #[serde(with = "plain")] "fooEnum3" three: FooEnum,
        #[serde(with = "plain")] "fooEnumList" list: Vec<FooEnum>,
        #[serde(with = "plain")] "fooEnumSet" set: Vec<FooEnum>,
        #[serde(with = "plain")] "fooEnumMap" map: BTreeMap<String, FooEnum>,
    }
}

#[cognito_shape]
pub(crate) enum FooEnum {
    #[member("Foo")]
    Foo,
    #[member("Baz")]
    Baz,
    #[member("Bar")]
    Bar,
    #[member("1")]
    One,
    #[member("0")]
    Zero,
    Other(String),
}

declare! {
    #[cognito_op(target = "JsonIntEnums", unmodeled, response = IntEnums)]
    JsonIntEnums,
    #[cognito_shape]
    IntEnums: {
        "intEnum1" one: i32,
        "intEnum2" two: i32,
        "intEnum3" three: i32,
        "intEnumList" list: Vec<i32>,
        "intEnumSet" set: Vec<i32>,
        "intEnumMap" map: BTreeMap<String, i32>,
    }
}

/// The operations of the legacy suites, which all have the same name.
pub(crate) mod legacy {
    use super::{BTreeMap, Deserialize, EmptyStruct, Serialize, Value, cognito_op, cognito_shape, plain};

    declare! { #[cognito_op(target = "OperationName", unmodeled, response = ())] Scalars: { name: String, } }

    declare! {
        #[cognito_op(target = "OperationName", unmodeled, response = ())]
        Blobs: {
            #[serde(with = "plain")]
            blob_arg: Vec<u8>,
            #[serde(with = "plain")]
            blob_map: BTreeMap<String, Vec<u8>>,
        }
    }

    declare! {
        #[cognito_op(target = "OperationName", unmodeled, response = ())]
        NestedBlobs: { #[serde(with = "plain")] list_param: Vec<Vec<u8>>, }
    }

    declare! {
        #[cognito_op(target = "OperationName", unmodeled, response = ())]
        EmptyMaps: { map: BTreeMap<String, String>, }
    }

    declare! { #[cognito_op(target = "OperationName", unmodeled, response = ())] Tokens: { token: String, } }

    declare! {
        #[cognito_op(target = "OperationName", unmodeled, response = Documents)]
        DocumentOperation,
        #[cognito_shape]
        Documents: { "inlineDocument" inline: Value, "parentDocument" parent: Value, }
    }

    declare! { #[cognito_op(target = "OperationName", unmodeled, response = BlobMembers)] BlobOutput: {} }
    declare! {
        #[cognito_shape]
        BlobMembers: { #[serde(with = "plain")] blob_member: Vec<u8>, struct_member: BlobContainer, }
    }
    declare! {
        #[cognito_shape]
        BlobContainer: { #[serde(with = "plain")] "foo" content: Vec<u8>, }
    }

    declare! { #[cognito_op(target = "OperationName", unmodeled, response = Lists)] ListOutput: {} }
    declare! {
        #[cognito_shape]
        Lists: {
            "ListMember" strings: Vec<String>,
            "ListMemberMap" maps: Vec<BTreeMap<String, String>>,
            "ListMemberStruct" structs: Vec<EmptyStruct>,
        }
    }

    declare! { #[cognito_op(target = "OperationName", unmodeled, response = Maps)] MapOutput: {} }
    declare! { #[cognito_shape] Maps: { map_member: BTreeMap<String, Vec<i32>>, } }

    declare! { #[cognito_op(target = "OperationName", unmodeled, response = Known)] KnownOutput: {} }
    declare! { #[cognito_shape] Known: { str_type: String, } }

    declare! { #[cognito_op(target = "OperationName", unmodeled, response = ())] Exceptions: {} }
}
