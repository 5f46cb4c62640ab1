//! One line of a page: HELP, TYPE, UNIT, the end, or a sample.

use std::collections::HashSet;

use crate::name;
use crate::number;
use crate::page::{Exemplar, Faults, Format, Kind, Sample};

/// What a line says.
#[derive(Debug, PartialEq)]
pub(crate) enum Line {
    /// `# HELP name text`, the text without its escapes.
    Help { name: String, help: String },
    /// `# TYPE name kind`
    Type { name: String, kind: Kind },
    /// `# UNIT name unit`, in OpenMetrics.
    Unit { name: String, unit: String },
    /// `# EOF`, in OpenMetrics.
    End,
    /// `name{label="value"} value timestamp`, in OpenMetrics perhaps with an exemplar.
    Sample(Sample),
}

/// Reads a line given without its `\n`. Notes what is wrong with it, and returns what can be
/// understood all the same, so that one mistake is not reported as several.
pub(crate) fn read(line: &str, number: usize, format: Format, faults: &mut Faults) -> Option<Line> {
    let open_metrics = format == Format::OpenMetrics;
    let result = if let Some(rest) = line.strip_prefix("# HELP ") {
        read_help(rest, format)
    } else {
        let mut line = line;
        if let Some(rest) = line.strip_suffix('\r') {
            faults.add(number, "the line ends in \\r\\n: lines end in \\n alone");
            line = rest;
        }
        if line.is_empty() {
            Err("the line is blank".into())
        } else if let Some(rest) = line.strip_prefix("# TYPE ") {
            read_type(rest, number, format, faults)
        } else if let Some(rest) = line.strip_prefix("# UNIT ").filter(|_| open_metrics) {
            read_unit(rest)
        } else if line == "# EOF" && open_metrics {
            Ok(Line::End)
        } else if line.starts_with('#') {
            let known = if open_metrics {
                "'# TYPE ', '# UNIT ', '# HELP ' nor '# EOF'"
            } else {
                "'# HELP ' nor '# TYPE '"
            };
            Err(format!("a line that begins with # is neither {known}"))
        } else {
            read_sample(line, number, format, faults)
        }
    };
    result.map_err(|sentence| faults.add(number, sentence)).ok()
}

fn read_help(rest: &str, format: Format) -> Result<Line, String> {
    match rest.split_once(' ') {
        Some((name, help)) if !help.is_empty() => {
            let quote = match format {
                Format::Text => Quote::Ordinary,
                Format::OpenMetrics => Quote::Escaped,
            };
            let (help, _) =
                unescape(help, quote).map_err(|fault| format!("the help of '{name}' {fault}"))?;
            Ok(Line::Help { name: name.into(), help })
        }
        _ => Err("the HELP line is empty: without a help text it is left out".into()),
    }
}

fn read_type(
    rest: &str,
    number: usize,
    format: Format,
    faults: &mut Faults,
) -> Result<Line, String> {
    let (name, word) = rest.split_once(' ').ok_or("the TYPE line has no type")?;
    let kind = Kind::read(word, format).unwrap_or_else(|| {
        faults.add(number, format!("the type {word:?} of '{name}' is unknown"));
        Kind::Untyped
    });
    Ok(Line::Type { name: name.into(), kind })
}

fn read_unit(rest: &str) -> Result<Line, String> {
    match rest.split_once(' ') {
        Some((name, unit)) if !unit.is_empty() => {
            Ok(Line::Unit { name: name.into(), unit: unit.into() })
        }
        _ => Err("the UNIT line is empty: without a unit it is left out".into()),
    }
}

fn read_sample(
    line: &str,
    number: usize,
    format: Format,
    faults: &mut Faults,
) -> Result<Line, String> {
    let end = line.find(['{', ' ']).ok_or_else(|| format!("the sample {line:?} has no value"))?;
    let (name, mut rest) = line.split_at(end);
    if name.is_empty() {
        return Err("the line does not begin with a metric name".into());
    }
    let mut labels = Vec::new();
    if let Some(inside) = rest.strip_prefix('{') {
        (labels, rest) = read_labels(inside, number, faults)?;
    }
    let mut exemplar = None;
    if format == Format::OpenMetrics
        && let Some((before, behind)) = rest.split_once(" # ")
    {
        rest = before;
        exemplar = Some(
            read_exemplar(behind, number, faults).map_err(|fault| format!("exemplar: {fault}"))?,
        );
    }
    let (value, text, timestamp) = read_value(rest, number, faults)?;
    let timestamp = match timestamp {
        Some(text) => Some(read_timestamp(text, format)?),
        None => None,
    };
    let (name, text) = (name.into(), text.into());
    Ok(Line::Sample(Sample { name, labels, text, value, timestamp, exemplar, line: number }))
}

fn read_timestamp(text: &str, format: Format) -> Result<i64, String> {
    let (read, form) = match format {
        Format::Text => (number::read_timestamp(text), "whole milliseconds"),
        Format::OpenMetrics => {
            (number::read_seconds(text), "seconds with up to three digits behind the point")
        }
    };
    read.ok_or_else(|| {
        format!("{text:?} after the value is not a timestamp: {form}, alone after a single blank")
    })
}

/// Reads `{labels} value timestamp`.
fn read_exemplar(rest: &str, number: usize, faults: &mut Faults) -> Result<Exemplar, String> {
    let inside = rest.strip_prefix('{').ok_or("its labels have no opening brace")?;
    let (labels, rest) = match inside.strip_prefix('}') {
        Some(rest) => (Labels::new(), rest),
        None => read_labels(inside, number, faults)?,
    };
    let (value, _, timestamp) = read_value(rest, number, faults)?;
    let timestamp = match timestamp {
        Some(text) => {
            if let Some(sentence) = number::value_fault(text) {
                faults.add(number, format!("the timestamp of an exemplar: {sentence}"));
            }
            text.parse().map(Some).map_err(|_| "its timestamp is not a number of seconds")?
        }
        None => None,
    };
    Ok(Exemplar { labels, value, timestamp })
}

/// Reads ` value` or ` value timestamp`: the value, its text and the timestamp's.
fn read_value<'a>(
    rest: &'a str,
    number: usize,
    faults: &mut Faults,
) -> Result<(f64, &'a str, Option<&'a str>), String> {
    let rest = rest.strip_prefix(' ').ok_or("a single blank is missing before the value")?;
    let (text, timestamp) = match rest.split_once(' ') {
        Some((text, timestamp)) => (text, Some(timestamp)),
        None => (rest, None),
    };
    if text.is_empty() {
        return Err("there is no value after the blank, or there are two blanks".into());
    }
    if timestamp == Some("") {
        return Err("the line ends in a blank".into());
    }
    if let Some(sentence) = number::value_fault(text) {
        faults.add(number, sentence);
    }
    Ok((text.parse().unwrap_or(0.0), text, timestamp))
}

type Labels = Vec<(String, String)>;

/// Reads labels from behind `{` and returns what follows `}`.
fn read_labels<'a>(
    mut rest: &'a str,
    number: usize,
    faults: &mut Faults,
) -> Result<(Labels, &'a str), String> {
    let mut labels = Labels::new();
    let mut names = HashSet::new();
    if rest.starts_with('}') {
        return Err("the braces are empty: without labels they are left out".into());
    }
    loop {
        let (name, value) = rest.split_once('=').ok_or("a label has no value")?;
        if let Some(sentence) = name::label_fault(name) {
            faults.add(number, sentence);
        }
        if !names.insert(name) {
            faults.add(number, format!("the label '{name}' stands twice in one series"));
        }
        let text = value
            .strip_prefix('"')
            .ok_or_else(|| format!("the value of the label '{name}' is not quoted"))?;
        let (value, after) = unescape(text, Quote::Ends)
            .map_err(|fault| format!("the value of the label '{name}' {fault}"))?;
        labels.push((name.into(), value));
        if let Some(after) = after.strip_prefix('}') {
            return Ok((labels, after));
        }
        rest = after.strip_prefix(',').ok_or_else(|| {
            format!(
                "neither , nor }} follows the value of the label '{name}': is a quote not escaped?"
            )
        })?;
        if rest.starts_with('}') {
            return Err("a comma stands before the closing brace".into());
        }
    }
}

/// What `"` means in a text.
#[derive(Clone, Copy, PartialEq)]
enum Quote {
    /// Itself, so `\"` is no escape: help texts of text 0.0.4.
    Ordinary,
    /// Nothing without a backslash: help texts of OpenMetrics.
    Escaped,
    /// The end of the text: label values.
    Ends,
}

/// Takes the escapes out of `text`, and returns what follows its end.
fn unescape(text: &str, quote: Quote) -> Result<(String, &str), String> {
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(char) = chars.next() {
        match (char, quote) {
            ('"', Quote::Ends) => return Ok((plain, chars.as_str())),
            ('"', Quote::Escaped) => return Err("has a quote that is not escaped".into()),
            ('\\', _) => match chars.next() {
                Some('\\') => plain.push('\\'),
                Some('n') => plain.push('\n'),
                Some('"') if quote != Quote::Ordinary => plain.push('"'),
                Some(other) if other.is_control() => {
                    return Err(format!("has the unknown escape \\{}", other.escape_default()));
                }
                Some(other) => return Err(format!("has the unknown escape \\{other}")),
                None => return Err("ends in a lone backslash".into()),
            },
            (char, _) => plain.push(char),
        }
    }
    match quote {
        Quote::Ends => Err("does not end on its line: is a newline not escaped?".into()),
        Quote::Ordinary | Quote::Escaped => Ok((plain, "")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(line: &str) -> Result<Line, String> {
        read_as(line, Format::Text)
    }

    fn read_as(line: &str, format: Format) -> Result<Line, String> {
        let mut faults = Faults::default();
        let read = read(line, 1, format, &mut faults);
        match faults.0.into_iter().next() {
            Some(fault) => Err(fault.sentence),
            None => Ok(read.expect("a line without a fault says something")),
        }
    }

    #[test]
    fn escapes_are_taken_out() {
        let help = Line::Help { name: "a".into(), help: " \\ \n \" end ".into() };
        assert_eq!(one(r#"# HELP a  \\ \n " end "#), Ok(help));
        let Ok(Line::Sample(sample)) = one(r#"a{b="\\ \n \"",c="",d="{,}= # 1"} -0.5 17"#) else {
            panic!()
        };
        assert_eq!(sample.labels[0].1, "\\ \n \"");
        assert_eq!(sample.labels[1].1, "");
        assert_eq!(sample.labels[2].1, "{,}= # 1");
        assert_eq!((sample.value, sample.timestamp), (-0.5, Some(17)));
    }

    #[test]
    fn only_one_spelling_of_a_line_is_read() {
        for bad in [
            "",
            " ",
            "#",
            "# ",
            "#HELP a b",
            "# HELP a",
            "# HELP a ",
            "#  TYPE a gauge",
            "# TYPE a",
            "# TYPE a ",
            "# TYPE a Gauge",
            "# TYPE a gauge ",
            "# TYPE a  gauge",
            "# TYPE a info",
            "# UNIT a seconds",
            "# EOF",
            "# a comment",
            "a",
            "a ",
            "a  1",
            "a\t1",
            " a 1",
            "a 1 ",
            "a 1  2",
            "a 1 2 ",
            "a 1 2 3",
            "a 1\r",
            "a{} 1",
            "a {b=\"c\"} 1",
            "a{b=\"c\"}1",
            "a{b=\"c\"}  1",
            "a{ b=\"c\"} 1",
            "a{b =\"c\"} 1",
            "a{b= \"c\"} 1",
            "a{b=\"c\" } 1",
            "a{b=\"c\",} 1",
            "a{,b=\"c\"} 1",
            "a{b=\"c\", d=\"e\"} 1",
            "a{b=c} 1",
            "a{b='c'} 1",
            "a{b=\"c} 1",
            "a{b=\"c\"",
            "a{b=\"c\\\"} 1",
            "a{b=\"\\t\"} 1",
            "a{b=\"c\"d\"} 1",
            "a{b} 1",
            "a{",
            "{\"a\"} 1",
            "a{b=\"1\",b=\"2\"} 1",
            "# HELP a \\t",
            "# HELP a \\\"",
            "# HELP a \\",
            "a{b=\"c\"} 1 # {} 1",
            "a 1 1.5",
        ] {
            assert!(one(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn openmetrics_has_units_exemplars_seconds_and_an_end() {
        let open = |line| read_as(line, Format::OpenMetrics);
        assert_eq!(open("# EOF"), Ok(Line::End));
        let unit = Line::Unit { name: "a_seconds".into(), unit: "seconds".into() };
        assert_eq!(open("# UNIT a_seconds seconds"), Ok(unit));
        let help = Line::Help { name: "a".into(), help: "\"b\" \\ \n".into() };
        assert_eq!(open(r#"# HELP a \"b\" \\ \n"#), Ok(help));
        let Ok(Line::Sample(sample)) = open(r#"a_total{b=" # "} 2 1.5 # {t="x # y"} 0.5 1e9"#)
        else {
            panic!()
        };
        assert_eq!((sample.labels[0].1.as_str(), sample.value), (" # ", 2.0));
        assert_eq!(sample.timestamp, Some(1500));
        let labels = vec![("t".into(), "x # y".into())];
        assert_eq!(sample.exemplar, Some(Exemplar { labels, value: 0.5, timestamp: Some(1e9) }));
        let Ok(Line::Sample(sample)) = open("a_total 2 # {} 1") else { panic!() };
        assert_eq!(sample.exemplar.map(|exemplar| exemplar.labels), Some(vec![]));
        for bad in [
            "# EOF ",
            "# UNIT a",
            "# UNIT a ",
            "# TYPE a untyped",
            "# HELP a \"",
            "a{} 1",
            "a 1 1700000000000.5000",
            "a 1 1.0005",
            "a 1 # ",
            "a 1 # 1",
            "a 1 # {}",
            "a 1 # {}1",
            "a 1 # {} 1.0",
            "a 1 # {} 1 ",
            "a 1 # {} 1 2 3",
            "a 1 # {} 1 2.0",
            "a 1 # {a=\"b\",} 1",
            "a 1 # {a=\"b\"} 1 # {a=\"b\"} 1",
            "a 1 # {a=\"b\",a=\"b\"} 1",
            "a 1 #{} 1",
            "a 1  # {} 1",
        ] {
            assert!(open(bad).is_err(), "{bad}");
        }
    }
}
