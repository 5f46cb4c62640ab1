//! Interim answers (RFC 9110, section 15.2), which say nothing of the outcome and may come at any time.

/// What each of them begins with, behind the digit of the minor version.
const FRONT: usize = b"HTTP/1.1 1".len();

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// In the first bytes of an answer, which are kept.
    Front,
    /// Inside an interim answer, on a line that is empty so far, or not.
    EmptyLine,
    Line,
    /// In the answer itself.
    Over,
}

/// Takes interim answers out of what a peer sends.
#[derive(Clone, Copy)]
pub(super) struct Interim {
    stage: Stage,
    kept: [u8; FRONT],
    len: usize,
}

impl Interim {
    pub(super) const fn new() -> Self {
        Self { stage: Stage::Front, kept: [0; FRONT], len: 0 }
    }

    /// Takes the next byte and gives those that are known to be of the answer itself.
    pub(super) fn pass<'b>(&'b mut self, byte: &'b u8) -> &'b [u8] {
        self.stage = match self.stage {
            Stage::Over => return core::slice::from_ref(byte),
            Stage::Front => return self.keep(*byte),
            Stage::EmptyLine if *byte == b'\n' => Stage::Front,
            Stage::EmptyLine if *byte == b'\r' => Stage::EmptyLine,
            _ if *byte == b'\n' => Stage::EmptyLine,
            _ => Stage::Line,
        };
        &[]
    }

    fn keep(&mut self, byte: u8) -> &[u8] {
        let is_front = match self.len {
            0..=6 => b"HTTP/1.".get(self.len) == Some(&byte),
            7 => byte.is_ascii_digit(),
            8 => byte == b' ',
            _ => byte == b'1',
        };
        if let Some(kept) = self.kept.get_mut(self.len) {
            *kept = byte;
            self.len += 1;
        }
        if !is_front {
            self.stage = Stage::Over;
            return self.kept.get(..self.len).unwrap_or_default();
        }
        if self.len == FRONT {
            (self.stage, self.len) = (Stage::Line, 0);
        }
        &[]
    }
}
