//! OpenMetrics 1.0.0: the TYPE line, then UNIT and HELP where there are any, then the samples; `# EOF` ends the page.

use crate::line::Line;
use crate::reader::Reader;

/// Reads a page, line by line.
pub(crate) fn read(text: &str, reader: &mut Reader) {
    let mut end = None;
    reader.lines(text, |reader, number, line| {
        if let Some(end) = end {
            reader.faults.add(number, format!("a line behind the # EOF of line {end}"));
            return;
        }
        match line {
            Line::Type { name, kind } => reader.declare(number, name, kind, String::new()),
            Line::Unit { name, unit } => describe(reader, number, &name, What::Unit, unit),
            Line::Help { name, help } => describe(reader, number, &name, What::Help, help),
            Line::Sample(sample) => reader.sample(sample),
            Line::End => end = Some(number),
        }
    });
    // A page cut off within a line was reported already.
    if end.is_none() && (text.is_empty() || text.ends_with('\n')) {
        let last = text.lines().count().max(1);
        reader.faults.add(last, "the page does not end in # EOF: is it cut off?");
    }
}

#[derive(Clone, Copy, PartialEq)]
enum What {
    Unit,
    Help,
}

/// Adds the unit or the help text to the family, which must have begun just before.
fn describe(reader: &mut Reader, number: usize, name: &str, what: What, text: String) {
    let line = if what == What::Unit { "UNIT" } else { "HELP" };
    let index = reader.current.filter(|&index| reader.families[index].name == name);
    let Some(index) = index else {
        let what = match reader.declared(name) {
            Some(_) => "stands apart from the other lines of its family",
            None => "does not follow its TYPE line",
        };
        return reader.faults.add(number, format!("the {line} line of '{name}' {what}"));
    };
    let family = &mut reader.families[index];
    let field = if what == What::Unit { &mut family.unit } else { &mut family.help };
    let fault = if !field.is_empty() {
        "is repeated"
    } else {
        *field = text;
        if !family.samples.is_empty() {
            "comes after samples"
        } else if what == What::Unit && !family.help.is_empty() {
            "comes after its HELP line"
        } else {
            return;
        }
    };
    reader.faults.add(number, format!("the {line} line of '{name}' {fault}"));
}
