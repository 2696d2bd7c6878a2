//! The requests of the ready-made operations, compared with those that boto3 makes of the same input.

#![allow(missing_docs)]

use cognito_op_model::SERVICE;
use cognito_op_tests::boto3::{cases, compare};
use cognito_op_tests::calls::Random;
use cognito_op_tests::public_operations;
use cognito_userpools::operations;

#[test]
fn every_request_is_as_boto3_makes_it() {
    let (mut random, mut all) = (Random(34), Vec::new());
    macro_rules! each {
        ($($operation:ident)*) => { $(all.extend(cases::<operations::$operation>(&mut random));)* };
    }
    public_operations!(each);
    compare(&all, SERVICE.operations().filter(|operation| operation.unsigned).map(|operation| operation.name));
}
