//! The results: a table to read and a list for programs.

use crate::case::{Kind, OURS, Workload};
use serde_json::{Value, json};
use std::io;
use std::path::Path;

/// What is known about one contender at one workload.
#[derive(Clone, Default)]
pub(crate) struct Row {
    pub(crate) workload: &'static str,
    pub(crate) contender: &'static str,
    pub(crate) ratio: Option<f64>,
    pub(crate) instructions: Option<f64>,
    pub(crate) ns: Option<f64>,
    pub(crate) bytes: Option<f64>,
    /// Only in the table: the list has `bytes`, which are 0 exactly when this is.
    pub(crate) allocations: Option<usize>,
}

impl Row {
    /// As an object; what is unknown (or not a number) becomes null.
    fn json(&self) -> Value {
        json!({
            "workload": self.workload,
            "contender": self.contender,
            "ratio": self.ratio.map(rounded),
            "instructions": self.instructions.map(rounded),
            "ns": self.ns.map(rounded),
            "bytes": self.bytes.map(rounded),
        })
    }

    /// A cell of the table.
    fn cell(&self, kind: Kind) -> String {
        let number = |value: Option<f64>, unit: &str, width: usize, digits: usize| match value {
            Some(value) if value.is_finite() => format!("{value:width$.digits$}{unit}"),
            _ => format!("{:>1$}", "-", width + unit.len()),
        };
        match kind {
            Kind::One(_) | Kind::Two(_) | Kind::C => {
                let digits =
                    if self.instructions.is_some_and(|count| count >= 100.0) { 0 } else { 1 };
                [
                    number(self.ratio, "×", 6, 2),
                    number(self.ns, " ns", 7, if self.ns > Some(100.0) { 0 } else { 1 }),
                    number(self.instructions, " Ir", 6, digits),
                ]
                .concat()
            }
            Kind::Heap => format!(
                "{:>6} allocations, {:.0} B",
                self.allocations.unwrap_or(0),
                self.bytes.unwrap_or(0.0)
            ),
            Kind::Memory => {
                [number(self.ratio, "×", 6, 2), number(self.bytes, " B", 8, 0)].concat()
            }
        }
    }
}

/// Three digits behind the point are more than any of it is good for.
fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

/// Prints a line for each workload and a column for each contender.
pub(crate) fn print(workloads: &[&Workload], rows: &[Row]) {
    let mut contenders: Vec<&str> = Vec::new();
    for row in rows {
        if !contenders.contains(&row.contender) {
            contenders.push(row.contender);
        }
    }
    // Ours last but for the peers, whatever the order of measuring was.
    contenders.sort_by_key(|name| (*name != crate::case::LIMIT, *name != OURS));
    print!("{:16}", "workload");
    contenders.iter().for_each(|contender| print!("{contender:>28}"));
    println!();
    for workload in workloads {
        print!("{:16}", workload.name);
        for contender in &contenders {
            let here = |row: &&Row| row.workload == workload.name && row.contender == *contender;
            let cell = rows.iter().find(here).map_or("-".to_owned(), |row| row.cell(workload.kind));
            print!("{cell:>28}");
        }
        println!();
    }
    println!(
        "\n×: ratio to the limit, the median over rounds in which all contenders took turns. Ir: \
         instructions per operation or line.\nNanoseconds of two runs must not be compared."
    );
}

/// Writes the list.
pub(crate) fn write(path: &Path, rows: &[Row]) -> io::Result<()> {
    let list: Value = rows.iter().map(Row::json).collect();
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(path, format!("{list:#}\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_unknown_is_null() {
        let row = Row {
            workload: "w",
            contender: "c",
            ratio: Some(f64::NAN),
            ns: Some(1.23456),
            ..Row::default()
        };
        let expected = r#"{"bytes":null,"contender":"c","instructions":null,"ns":1.235,"ratio":null,"workload":"w"}"#;
        assert_eq!(row.json().to_string(), expected);
    }
}
