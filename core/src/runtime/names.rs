//! Names of any characters, as the formats can show them.

use alloc::string::String;

/// A metric name with an underscore in place of each character that the formats do not allow: `a.b` becomes
/// `a_b` (the escaping scheme `underscores`). Legal names come back as they are.
pub fn with_underscores(name: &str) -> String {
    replace(name, |byte| byte == b':')
}

/// The same for a label name, which has no colons.
pub fn with_underscores_in_label(name: &str) -> String {
    replace(name, |_| false)
}

fn replace(name: &str, legal: fn(u8) -> bool) -> String {
    let one = |(at, character): (usize, char)| match character {
        'a'..='z' | 'A'..='Z' => character,
        '0'..='9' if at > 0 => character,
        _ if u8::try_from(character).is_ok_and(legal) => character,
        _ => '_',
    };
    name.char_indices().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_character_that_is_not_legal_becomes_an_underscore() {
        for (name, metric, label) in [
            ("http_requests", "http_requests", "http_requests"),
            ("http.requests", "http_requests", "http_requests"),
            ("a:b", "a:b", "a_b"),
            ("9lives", "_lives", "_lives"),
            ("größe", "gr__e", "gr__e"),
            ("", "", ""),
        ] {
            assert_eq!(with_underscores(name), metric);
            assert_eq!(with_underscores_in_label(name), label);
        }
    }
}
