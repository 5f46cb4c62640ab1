//! Text 0.0.4: a HELP line, where there is one, then the TYPE line, then the samples.

use crate::line::Line;
use crate::reader::Reader;

/// Name, line number and text of a HELP line whose TYPE line must come next.
type Pending = Option<(usize, String, String)>;

/// Reads a page, line by line.
pub(crate) fn read(text: &str, reader: &mut Reader) {
    let mut pending = None;
    reader.lines(text, |reader, number, line| match line {
        Line::Help { name, help } => hold(reader, &mut pending, number, name, help),
        Line::Type { name, kind } => {
            let help = end_help(reader, &mut pending, Some(&name));
            reader.declare(number, name, kind, help);
        }
        Line::Sample(sample) => {
            end_help(reader, &mut pending, None);
            reader.sample(sample);
        }
        // Comments to this format, which the line's reader refused.
        Line::Unit { .. } | Line::End => {}
    });
    end_help(reader, &mut pending, None);
}

fn hold(reader: &mut Reader, pending: &mut Pending, number: usize, name: String, help: String) {
    if pending.as_ref().is_some_and(|(_, earlier, _)| *earlier == name) {
        reader.faults.add(number, format!("the HELP line of '{name}' is repeated"));
        return;
    }
    end_help(reader, pending, None);
    match reader.declared(&name) {
        Some(index) => {
            let first = reader.current == Some(index) && reader.families[index].help.is_empty();
            let what = if first { "comes after its TYPE line" } else { "is repeated" };
            reader.faults.add(number, format!("the HELP line of '{name}' {what}"));
        }
        None => *pending = Some((number, name, help)),
    }
}

/// Takes the pending help if it is for `name`, and reports it if it is for another family.
fn end_help(reader: &mut Reader, pending: &mut Pending, name: Option<&str>) -> String {
    match pending.take() {
        Some((_, pending, help)) if Some(pending.as_str()) == name => help,
        Some((line, pending, _)) => {
            reader.faults.add(
                line,
                format!("the HELP line of '{pending}' is not followed by its TYPE line"),
            );
            String::new()
        }
        None => String::new(),
    }
}
