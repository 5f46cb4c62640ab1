//! What Linux counts of each network interface: a collector asks for it when the page is read.

use nanoprom::{
    Collected, CollectedFamily, CollectedSeries, Collector, CounterFn, Failed, Type, metrics,
};
use std::fs;
use std::sync::{Mutex, PoisonError};

metrics! {
    static METRICS;
    /// The interfaces of this machine.
    static INTERFACES: Collected<Interfaces> = "interfaces",
        collector = Interfaces { now: Mutex::new(Vec::new()) };
    /// How often the interfaces could not be read.
    static ERRORS: CounterFn = "network_errors_total", function = || INTERFACES.errors() as f64;
}

/// Families by their numbers: name, help text, and their column in the file.
const FAMILIES: [(&str, &str, usize); 2] = [
    ("network_receive_bytes_total", "Bytes received.", 0),
    ("network_transmit_bytes_total", "Bytes sent.", 8),
];

struct Interfaces {
    /// Read once for a page, so that all that it shows is of one moment.
    now: Mutex<Vec<Interface>>,
}

struct Interface {
    name: String,
    columns: Vec<u64>,
}

impl Collector for Interfaces {
    fn family(&self, number: u32, out: &mut CollectedFamily<'_>) -> Result<bool, Failed> {
        if number == 0 {
            // Where this fails the collector's part is missing, counted as an error; the page goes on.
            let text = fs::read_to_string("/proc/net/dev").map_err(|_| Failed)?;
            *self.now.lock().unwrap_or_else(PoisonError::into_inner) = parse(&text);
        }
        let Some((name, help, _)) = FAMILIES.get(number as usize) else { return Ok(false) };
        out.describe(Type::Counter, name, help);
        Ok(true)
    }

    fn series(
        &self,
        family: u32,
        number: u32,
        out: &mut CollectedSeries<'_>,
    ) -> Result<bool, Failed> {
        let now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(interface) = now.get(number as usize) else { return Ok(false) };
        let (_, _, column) = FAMILIES[family as usize];
        out.label("device", &interface.name);
        out.value(*interface.columns.get(column).ok_or(Failed)?);
        Ok(true)
    }
}

/// Two lines of titles, then `  eth0: 1200 7 …` for each interface.
fn parse(text: &str) -> Vec<Interface> {
    let interface = |line: &str| {
        let (name, columns) = line.split_once(':')?;
        let columns = columns.split_whitespace().map_while(|column| column.parse().ok());
        Some(Interface { name: name.trim().to_owned(), columns: columns.collect() })
    };
    text.lines().skip(2).filter_map(interface).collect()
}
