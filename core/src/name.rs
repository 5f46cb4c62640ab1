//! Names: which are legal, and how they are compared while compiling.

/// Longest exposed name: prefixes, declared name and suffix together.
pub(crate) const MAX_NAME: usize = 255;

/// `[a-zA-Z_][a-zA-Z0-9_]*` without a leading `__`: a label that users may set.
pub(crate) const fn is_label_name(name: &[u8]) -> bool {
    let reserved = name.len() >= 2 && name[0] == b'_' && name[1] == b'_';
    !reserved && is_name(name, false)
}

/// `[a-zA-Z:][a-zA-Z0-9_:]*`: a metric name. A leading `_` is reserved by OpenMetrics.
pub(crate) const fn is_metric_name(name: &[u8]) -> bool {
    !name.is_empty() && name[0] != b'_' && is_name(name, true)
}

const fn is_name(name: &[u8], colons: bool) -> bool {
    let mut at = 0;
    while at < name.len() {
        let legal = match name[at] {
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => true,
            b'0'..=b'9' => at > 0,
            b':' => colons,
            _ => false,
        };
        if !legal {
            return false;
        }
        at += 1;
    }
    !name.is_empty()
}

/// `name` without `suffix`, where it ends so.
pub(crate) const fn strip_suffix<'a>(name: &'a [u8], suffix: &[u8]) -> &'a [u8] {
    if name.len() < suffix.len() {
        return name;
    }
    let (front, back) = name.split_at(name.len() - suffix.len());
    if equal(back, suffix) { front } else { name }
}

/// What stands behind `prefix`, where `name` begins so.
pub(crate) const fn strip_prefix<'a>(name: &'a [u8], prefix: &[u8]) -> Option<&'a [u8]> {
    if name.len() < prefix.len() {
        return None;
    }
    let (front, back) = name.split_at(prefix.len());
    if equal(front, prefix) { Some(back) } else { None }
}

/// `a == b` in const.
pub(crate) const fn equal(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut at = 0;
    while at < a.len() {
        if a[at] != b[at] {
            return false;
        }
        at += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_legacy_character_set_is_legal() {
        for name in ["a", "A9_", "http:requests", ":a", "x_"] {
            assert!(is_metric_name(name.as_bytes()), "{name}");
        }
        for name in ["", "_a", "9a", "a-b", "a.b", "ä", "a b"] {
            assert!(!is_metric_name(name.as_bytes()), "{name}");
        }
        for name in ["a", "_a", "le", "a_9"] {
            assert!(is_label_name(name.as_bytes()), "{name}");
        }
        for name in ["", "__a", "__", "9", "a:b", "a-b"] {
            assert!(!is_label_name(name.as_bytes()), "{name}");
        }
    }

    #[test]
    fn a_suffix_is_stripped_once() {
        assert_eq!(strip_suffix(b"a_total", b"_total"), b"a");
        assert_eq!(strip_suffix(b"a_total_total", b"_total"), b"a_total");
        assert_eq!(strip_suffix(b"total", b"_total"), b"total");
    }
}
