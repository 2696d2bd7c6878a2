use cognito_op::{cognito_op, cognito_shape};

mod other {
    pub use std::fmt::Debug;
}

#[cognito_op(target = "GlobalSignOut")]
#[derive(Clone, other::Debug)]
struct GlobalSignOut {
    access_token: String,
}

#[cognito_op(target = "GlobalSignOut", debug = false)]
#[derive(other::Debug)]
struct Kept {
    access_token: String,
}

#[cognito_shape]
#[derive(other::Debug)]
struct AttributeType {
    name: String,
}

fn main() {
    let _ = format!("{:?} {:?} {:?}", GlobalSignOut::new("token"), Kept::new("token"), AttributeType::new("name"));
}
