#[cfg(test)]
#[test]
fn x() {}
