//! One line of text 0.0.4: a HELP line, a TYPE line or a sample.

use crate::name;
use crate::number;
use crate::page::{Faults, Kind, Sample};

/// What a line says.
#[derive(Debug, PartialEq)]
pub(crate) enum Line {
    /// `# HELP name text`, the text without its escapes.
    Help { name: String, help: String },
    /// `# TYPE name kind`
    Type { name: String, kind: Kind },
    /// `name{label="value"} value timestamp`
    Sample(Sample),
}

/// Reads a line given without its `\n`. Notes what is wrong with it, and returns what can be
/// understood all the same, so that one mistake is not reported as several.
pub(crate) fn read(line: &str, number: usize, faults: &mut Faults) -> Option<Line> {
    let result = if let Some(rest) = line.strip_prefix("# HELP ") {
        read_help(rest)
    } else {
        let mut line = line;
        if let Some(rest) = line.strip_suffix('\r') {
            faults.add(number, "the line ends in \\r\\n: lines end in \\n alone");
            line = rest;
        }
        if line.is_empty() {
            Err("the line is blank".into())
        } else if let Some(rest) = line.strip_prefix("# TYPE ") {
            read_type(rest, number, faults)
        } else if line.starts_with('#') {
            Err("a line that begins with # is neither '# HELP ' nor '# TYPE '".into())
        } else {
            read_sample(line, number, faults)
        }
    };
    result.map_err(|sentence| faults.add(number, sentence)).ok()
}

fn read_help(rest: &str) -> Result<Line, String> {
    match rest.split_once(' ') {
        Some((name, help)) if !help.is_empty() => {
            // A quote is ordinary in a help text, so `\"` is no escape here.
            let (help, _) =
                unescape(help, None).map_err(|fault| format!("the help of '{name}' {fault}"))?;
            Ok(Line::Help { name: name.into(), help })
        }
        _ => Err("the HELP line is empty: without a help text it is left out".into()),
    }
}

fn read_type(rest: &str, number: usize, faults: &mut Faults) -> Result<Line, String> {
    let (name, word) = rest.split_once(' ').ok_or("the TYPE line has no type")?;
    let kind = Kind::from_text(word).unwrap_or_else(|| {
        faults.add(number, format!("the type {word:?} of '{name}' is unknown"));
        Kind::Untyped
    });
    Ok(Line::Type { name: name.into(), kind })
}

fn read_sample(line: &str, number: usize, faults: &mut Faults) -> Result<Line, String> {
    let end = line.find(['{', ' ']).ok_or_else(|| format!("the sample {line:?} has no value"))?;
    let (name, mut rest) = line.split_at(end);
    if name.is_empty() {
        return Err("the line does not begin with a metric name".into());
    }
    let mut labels = Vec::new();
    if let Some(inside) = rest.strip_prefix('{') {
        (labels, rest) = read_labels(inside, number, faults)?;
    }
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
    let value = text.parse().unwrap_or(0.0);
    let timestamp = match timestamp {
        Some(text) => Some(number::read_timestamp(text).ok_or_else(|| {
            format!("{text:?} after the value is not a timestamp: whole milliseconds, alone after a single blank")
        })?),
        None => None,
    };
    Ok(Line::Sample(Sample {
        name: name.into(),
        labels,
        text: text.into(),
        value,
        timestamp,
        line: number,
    }))
}

type Labels = Vec<(String, String)>;

/// Reads labels from behind `{` and returns what follows `}`.
fn read_labels<'a>(
    mut rest: &'a str,
    number: usize,
    faults: &mut Faults,
) -> Result<(Labels, &'a str), String> {
    let mut labels = Labels::new();
    if rest.starts_with('}') {
        return Err("the braces are empty: without labels they are left out".into());
    }
    loop {
        let (name, value) = rest.split_once('=').ok_or("a label has no value")?;
        if let Some(sentence) = name::label_fault(name) {
            faults.add(number, sentence);
        }
        if labels.iter().any(|(earlier, _)| earlier == name) {
            faults.add(number, format!("the label '{name}' stands twice in one series"));
        }
        let text = value
            .strip_prefix('"')
            .ok_or_else(|| format!("the value of the label '{name}' is not quoted"))?;
        let (value, after) = unescape(text, Some('"'))
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

/// Takes the escapes out of `text` up to `quote`, or to its end if there is none. Returns what follows the quote.
fn unescape(text: &str, quote: Option<char>) -> Result<(String, &str), String> {
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(char) = chars.next() {
        if Some(char) == quote {
            return Ok((plain, chars.as_str()));
        }
        if char != '\\' {
            plain.push(char);
            continue;
        }
        match chars.next() {
            Some('\\') => plain.push('\\'),
            Some('n') => plain.push('\n'),
            Some(escaped) if Some(escaped) == quote => plain.push(escaped),
            Some(other) if other.is_control() => {
                return Err(format!("has the unknown escape \\{}", other.escape_default()));
            }
            Some(other) => return Err(format!("has the unknown escape \\{other}")),
            None => return Err("ends in a lone backslash".into()),
        }
    }
    match quote {
        None => Ok((plain, "")),
        Some(_) => Err("does not end on its line: is a newline not escaped?".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(line: &str) -> Result<Line, String> {
        let mut faults = Faults::default();
        let read = read(line, 1, &mut faults);
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
}
