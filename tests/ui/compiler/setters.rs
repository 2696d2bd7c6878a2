use cognito_op::cognito_op;
use std::collections::BTreeMap;

#[cognito_op(target = "Future", unmodeled, response = ())]
struct Future {
    names: Vec<String>,
    text: Option<String>,
    number: Option<i32>,
    list: Option<Vec<String>>,
    map: Option<BTreeMap<String, String>>,
}

fn main() {
    let operation = Future::new([1]);
    let operation = operation.text(5);
    let operation = operation.number(Some("five"));
    let operation = operation.list("one");
    let operation = operation.map([("one", 1)]);
    drop(operation);
}
