//! The requests of every operation, compared with those of boto3 for the same input.

use crate::operations;
use cognito_op_model::SERVICE;
use cognito_op_tests::boto3::{cases, compare};
use cognito_op_tests::calls::Random;

#[test]
fn every_request_is_as_boto3_makes_it() {
    let (mut random, mut all) = (Random(153), Vec::new());
    macro_rules! each {
        ($($operation:ident: $request:literal, $response:literal;)*) => {
            $(all.extend(cases::<operations::$operation>(&mut random));)*
        };
    }
    operations::every_operation!(each);
    compare(&all, SERVICE.operation_names());
}
