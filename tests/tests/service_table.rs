//! The service table is what the pinned service description says. `BLESS=1` writes it anew.

#![allow(missing_docs, clippy::expect_used)]

use cognito_op_tests_provision::{run, service_description, tool};
use std::path::Path;
use std::process::Command;

#[test]
fn the_table_is_what_its_source_says() {
    let description = service_description();
    let generated = run(Command::new("python3").arg(tool("service_table.py")).arg(description).arg("1.44.5"));
    let generated = String::from_utf8(generated).expect("text");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../macros/model/src/table.txt");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &generated).expect("the table can be written");
    }
    let table = std::fs::read_to_string(path).expect("the table");
    let differs = table.lines().zip(generated.lines()).position(|(old, new)| old != new);
    assert!(
        table == generated,
        "macros/model/src/table.txt differs from its source from line {} on; BLESS=1 writes it anew",
        differs.map_or(table.lines().count().min(generated.lines().count()), |line| line) + 1
    );
}
