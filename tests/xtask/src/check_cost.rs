//! Measures the CPU time of `cargo check` for a crate with the unsigned operations, compared with the same structs with
//! serde's derives and a handwritten `send`. The rounds of the two are interleaved.

use crate::package::{Package, output};
use crate::{cpu, structs};
use anyhow::{Result, bail};

const BOUND: f64 = 1.5;
const MANIFEST: &str = "serde = { version = \"1\", features = [\"derive\"] }\nserde_json = \"1\"\n";

/// Measures the time and compares the ratio with the bound.
pub(crate) fn check_cost(rounds: u16) -> Result<()> {
    let operations = structs::unsigned();
    let sources = [("cognito-op", structs::annotated(&operations)), ("by hand", structs::by_hand(&operations)?)];
    let mut packages = Vec::new();
    for (name, source) in &sources {
        let package = Package::new("check-cost", &format!("{}-structs", name.replace(' ', "-")), MANIFEST)?;
        // The dependencies are built first.
        check(&package, source)?;
        packages.push(package);
    }
    let mut costs = [Vec::new(), Vec::new()];
    for _ in 0..rounds {
        for ((package, (_, source)), costs) in packages.iter().zip(&sources).zip(&mut costs) {
            costs.push(check(package, source)?);
        }
    }
    let ratio = median(costs[0].iter().zip(&costs[1]).map(|(ours, hand)| ours / hand).collect());
    for ((name, _), costs) in sources.iter().zip(costs) {
        println!("{name:10} {:.2} CPU seconds (median of {rounds}): {costs:.2?}", median(costs.clone()));
    }
    println!("ratio      {ratio:.2}, at most {BOUND}");
    if ratio > BOUND {
        bail!("checking the operations costs too much");
    }
    Ok(())
}

/// Returns the CPU seconds of checking a package without its dependencies.
fn check(package: &Package, source: &str) -> Result<f64> {
    // Writing the file makes cargo check it again.
    package.write("src/lib.rs", source)?;
    let before = cpu::children()?;
    output(package.cargo().args(["check", "--quiet"]).env("CARGO_INCREMENTAL", "0"))?;
    Ok(cpu::children()? - before)
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    if values.len() % 2 == 1 { values[middle] } else { f64::midpoint(values[middle - 1], values[middle]) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_value_in_the_middle() {
        assert!((median(vec![3.0, 1.0, 2.0]) - 2.0).abs() < f64::EPSILON);
        assert!((median(vec![4.0, 1.0, 3.0, 2.0]) - 2.5).abs() < f64::EPSILON);
    }
}
