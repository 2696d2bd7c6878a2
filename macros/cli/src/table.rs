//! A table of text for a terminal.

use cognito_op_model::source::wrapped;
use std::fmt::{self, Write as _};

/// The columns in which the last column of a table ends.
const WIDTH: usize = 80;

/// Rows of columns, of which the last is wrapped.
pub(crate) struct Table<const COLUMNS: usize>(Vec<[String; COLUMNS]>);

impl<const COLUMNS: usize> Default for Table<COLUMNS> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<const COLUMNS: usize> Table<COLUMNS> {
    pub(crate) fn row(&mut self, row: [&str; COLUMNS]) {
        self.0.push(row.map(str::to_owned));
    }
}

impl<const COLUMNS: usize> fmt::Display for Table<COLUMNS> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = |column: usize| self.0.iter().map(|row| row[column].len()).max().unwrap_or(0);
        for row in &self.0 {
            let Some((last, columns)) = row.split_last() else { continue };
            let mut start = String::new();
            for (index, column) in columns.iter().enumerate() {
                let _ = write!(start, "{column:width$}  ", width = width(index));
            }
            let indent = start.len();
            for line in wrapped(last, WIDTH.saturating_sub(indent)) {
                writeln!(f, "{}", format!("{start}{line}").trim_end())?;
                start = " ".repeat(indent);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_column_is_wrapped() {
        let mut table = Table::default();
        table.row(["a", &"word ".repeat(25)]);
        table.row(["long", ""]);
        let text = table.to_string();
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines[0].starts_with("a     word") && lines[1].starts_with("      word"), "{text}");
        assert_eq!((lines.len(), lines[2]), (3, "long"));
    }
}
