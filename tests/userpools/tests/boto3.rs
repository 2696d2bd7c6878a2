//! The requests of the ready-made operations, compared with boto3's requests for the same input.

#![allow(missing_docs)]

use cognito_op_model::SERVICE;
use cognito_op_tests::boto3::{cases, compare};
use cognito_op_tests::calls::Random;
use cognito_op_tests::ready_made_operations;
use cognito_userpools::{admin, operations};

#[test]
fn every_request_is_as_boto3_makes_it() {
    let (mut random, mut all) = (Random(153), Vec::new());
    macro_rules! each {
        ($($module:ident::$operation:ident)*) => { $(all.extend(cases::<$module::$operation>(&mut random));)* };
    }
    ready_made_operations!(each);
    compare(&all, SERVICE.operation_names());
}
