//! Which names are legal: the classic character set, less what the formats keep for themselves.

/// Why a family may not have this name.
pub(crate) fn metric_fault(name: &str) -> Option<String> {
    if !is_word(name, |byte| byte == b'_' || byte == b':') {
        return Some(format!("the metric name {name:?} is not legal: [a-zA-Z_:][a-zA-Z0-9_:]*"));
    }
    name.starts_with('_')
        .then(|| format!("the metric name '{name}' begins with _: those are reserved"))
}

/// Why a label may not have this name.
pub(crate) fn label_fault(name: &str) -> Option<String> {
    if !is_word(name, |byte| byte == b'_') {
        return Some(format!("the label name {name:?} is not legal: [a-zA-Z_][a-zA-Z0-9_]*"));
    }
    name.starts_with("__")
        .then(|| format!("the label name '{name}' begins with __: those are reserved"))
}

fn is_word(name: &str, mark: impl Fn(u8) -> bool) -> bool {
    !name.is_empty()
        && !name.as_bytes()[0].is_ascii_digit()
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || mark(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metric_names_are_letters_digits_underscores_and_colons() {
        for good in ["a", ":a", "job:rate_5m", "A9", "a__b", "a_"] {
            assert_eq!(metric_fault(good), None);
        }
        for bad in ["", "9a", "a-b", "a.b", "é", "a b", "_a", "__a"] {
            assert!(metric_fault(bad).is_some(), "{bad}");
        }
    }

    #[test]
    fn label_names_have_no_colon_and_no_double_underscore_in_front() {
        for good in ["a", "_a", "a__b", "le"] {
            assert_eq!(label_fault(good), None);
        }
        for bad in ["", "9a", "a:b", "a-b", "é", " a", "__a", "__"] {
            assert!(label_fault(bad).is_some(), "{bad}");
        }
    }
}
