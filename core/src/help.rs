//! Doc comments as HELP texts, put together while compiling.

/// Length of the joined text.
pub const fn len(metric: &str, lines: &[Option<&str>]) -> usize {
    let len = fill(lines, &mut []);
    if len == 0 {
        crate::fault::declaration(
            metric,
            "has no doc comment: its first paragraph is the HELP text",
        );
    }
    len
}

/// The joined text.
pub const fn join<const LEN: usize>(lines: &[Option<&str>]) -> [u8; LEN] {
    let mut text = [0; LEN];
    fill(lines, &mut text);
    text
}

/// `join`'s bytes as text.
pub const fn text(bytes: &'static [u8]) -> &'static str {
    match core::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(_) => "",
    }
}

/// Stops the build where memory that changes would lie among code, constants or start-up tables.
pub const fn check_section(metric: &str, section: &str) {
    const WRONG: [&str; 9] =
        [".init", ".fini", ".preinit", ".ctors", ".dtors", ".text", ".rodata", ".vector", ".isr"];
    let mut at = 0;
    while at < WRONG.len() {
        if crate::name::strip_prefix(section.as_bytes(), WRONG[at].as_bytes()).is_some() {
            crate::fault::declaration(metric, "would lie in a section that is not for data");
        }
        at += 1;
    }
}

/// Writes the lines of the first paragraph, with single blanks between them, as far as `out` reaches;
/// returns their length.
const fn fill(lines: &[Option<&str>], out: &mut [u8]) -> usize {
    let mut len = 0;
    let mut at = 0;
    while at < lines.len() {
        if let Some(line) = lines[at] {
            let line = line.as_bytes().trim_ascii();
            if line.is_empty() && len > 0 {
                break;
            }
            if !line.is_empty() && len > 0 {
                put(out, len, b' ');
                len += 1;
            }
            let mut i = 0;
            while i < line.len() {
                put(out, len, line[i]);
                len += 1;
                i += 1;
            }
        }
        at += 1;
    }
    len
}

const fn put(out: &mut [u8], at: usize, byte: u8) {
    if at < out.len() {
        out[at] = byte;
    }
}
