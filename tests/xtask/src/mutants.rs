//! Compares the mutants that survived with the known ones in `tests/MUTANTS.md`.

use anyhow::{Context, Result, bail};
use cognito_op_tests_provision::workspace;
use regex::Regex;
use std::fs;
use std::path::Path;

/// A row of the table: the files and functions, and the number of their mutants.
type Row = (Vec<(String, String)>, usize);

/// Compares `missed.txt` of cargo-mutants with the table.
pub(crate) fn mutants(missed: &Path) -> Result<()> {
    let missed = fs::read_to_string(missed).with_context(|| missed.display().to_string())?;
    let unknown = unknown(&missed, &rows(&fs::read_to_string(workspace().join("tests/MUTANTS.md"))?)?)?;
    println!("{} mutants survived", missed.lines().count());
    if !unknown.is_empty() {
        bail!("these are not in tests/MUTANTS.md:\n{}", unknown.join("\n"));
    }
    Ok(())
}

fn rows(table: &str) -> Result<Vec<Row>> {
    let (row, name) = (Regex::new(r"(?m)^\| (`.*?) \| (\d+) \|")?, Regex::new("`([^`]+)`")?);
    let mut rows = Vec::new();
    for cells in row.captures_iter(table) {
        let mut places = Vec::new();
        for part in cells[1].split("; ") {
            let mut names = name.captures_iter(part).map(|name| name[1].to_owned());
            let file = names.next().context("a file")?;
            places.extend(names.map(|function| (file.clone(), function)));
        }
        rows.push((places, cells[2].parse()?));
    }
    Ok(rows)
}

/// Returns the mutants that no row lists, and the rows whose number of mutants is exceeded.
fn unknown(missed: &str, rows: &[Row]) -> Result<Vec<String>> {
    let mut counts = vec![0; rows.len()];
    let mut unknown = Vec::new();
    for mutant in missed.lines() {
        let place = place(mutant)?;
        match rows.iter().position(|(places, _)| places.contains(&place)) {
            Some(row) => counts[row] += 1,
            None => unknown.push(mutant.to_owned()),
        }
    }
    for (count, (places, limit)) in counts.into_iter().zip(rows) {
        if count > *limit {
            let functions: Vec<_> = places.iter().map(|(_, function)| function.as_str()).collect();
            unknown.push(format!("{count} survivors instead of {limit} in {}", functions.join(", ")));
        }
    }
    Ok(unknown)
}

/// Returns the file and the function of a line of cargo-mutants.
fn place(mutant: &str) -> Result<(String, String)> {
    let (file, change) = mutant.split_once(':').with_context(|| format!("not a mutant: {mutant}"))?;
    let change = Regex::new(r"^\d+:\d+: ")?.replace(change, "");
    let inside = Regex::new(r" in (\S*?(?:<.*>)?\S*)$")?.captures(&change).and_then(|found| found.get(1));
    let function = inside.map_or_else(
        || {
            let function = change.strip_prefix("replace ").unwrap_or(&change);
            let function = function.split(" -> ").next().unwrap_or(function);
            function.split(" with ").next().unwrap_or(function)
        },
        |function| function.as_str(),
    );
    Ok((file.to_owned(), function.rsplit("::").next().unwrap_or(function).to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "\
| file and functions | mutants | reason |
|---|---|---|
| `a/automaton.rs`, `table` | 1 | each class is added once, so `^` has the same effect as `\\|` |
| `b/automaton.rs`, `scan`, `beyond`; `b/class.rs`, `count_any` | 2 | shortcuts |
";

    #[test]
    fn the_place_of_a_mutant_is_its_file_and_function() {
        for (mutant, file, function) in [
            ("a/b.rs:1:2: replace run -> bool with true", "a/b.rs", "run"),
            ("a/b.rs:1:2: replace Set::run with ()", "a/b.rs", "run"),
            ("a/b.rs:10:20: replace + with - in scan", "a/b.rs", "scan"),
            ("a/b.rs:1:2: replace < with > in <impl Read for Body<'a, T>>::read", "a/b.rs", "read"),
            ("a/b.rs:1:2: replace <impl Visitor for V>::expecting -> Result<(), E> with Ok(())", "a/b.rs", "expecting"),
        ] {
            assert_eq!(place(mutant).expect(mutant), (file.to_owned(), function.to_owned()), "{mutant}");
        }
        assert!(place("").is_err());
    }

    #[test]
    fn survivors_beyond_the_table_are_unknown() {
        let rows = rows(TABLE).expect("a table");
        let known = "a/automaton.rs:1:1: replace | with ^ in table\n\
                     b/automaton.rs:1:1: replace + with - in beyond\nb/class.rs:1:1: replace count_any -> usize with 0\n";
        assert_eq!(unknown(known, &rows).expect("mutants"), [""; 0]);
        let third = format!("{known}b/automaton.rs:2:2: replace + with * in scan\n");
        assert_eq!(unknown(&third, &rows).expect("mutants"), ["3 survivors instead of 2 in scan, beyond, count_any"]);
        let elsewhere = "b/automaton.rs:1:1: replace | with ^ in table";
        assert_eq!(unknown(elsewhere, &rows).expect("mutants"), [elsewhere]);
    }
}
