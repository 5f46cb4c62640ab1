//! Which families a request asks for: `name[]=…` in its query.

use crate::page::choice::{Names, TooMany};

/// How the names of a request target are read.
pub(super) type ReadNames = fn(&[u8]) -> Result<Names, TooMany>;

/// Those in the query of a target; all where it names none.
pub(super) fn of_target(target: &[u8]) -> Result<Names, TooMany> {
    let mut names = Names::all();
    let query = target.splitn(2, |&byte| byte == b'?').nth(1).unwrap_or_default();
    for parameter in query.split(|&byte| byte == b'&') {
        let mut parts = parameter.splitn(2, |&byte| byte == b'=').map(Decoded);
        let (Some(key), Some(value)) = (parts.next(), parts.next()) else { continue };
        if key.eq(*b"name[]") {
            names.add(value)?;
        }
    }
    Ok(names)
}

/// Bytes of a query with their percent escapes undone; what is no escape stands for itself.
struct Decoded<'q>(&'q [u8]);

impl Iterator for Decoded<'_> {
    type Item = u8;

    fn next(&mut self) -> Option<u8> {
        let (byte, rest) = match *self.0 {
            [b'%', high, low, ref rest @ ..] => match (digit(high), digit(low)) {
                (Some(high), Some(low)) => (high << 4 | low, rest),
                _ => (b'%', self.0.get(1..).unwrap_or_default()),
            },
            [byte, ref rest @ ..] => (byte, rest),
            [] => return None,
        };
        self.0 = rest;
        Some(byte)
    }
}

fn digit(byte: u8) -> Option<u8> {
    Some(match byte {
        b'0'..=b'9' => byte - b'0',
        b'a'..=b'f' => byte - b'a' + 10,
        b'A'..=b'F' => byte - b'A' + 10,
        _ => return None,
    })
}
