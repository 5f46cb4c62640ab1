//! What is answered to a push: the status, and the begin of what the peer says about a failure.

use super::buffer::Buffer;

/// What a [`Reply`] waits for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    StatusLine,
    Header,
    /// The line before the first chunk of the body.
    ChunkSize,
    /// The body, or its first chunk: this much more of it.
    Body(u64),
    End,
}

/// A reader of one answer. It takes a line after the other, so that the longest head goes through a
/// small buffer; after the head of a failure the buffer collects the begin of the body.
pub(super) struct Reply {
    stage: Stage,
    status: u16,
    chunked: bool,
}

/// What a byte told.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum News {
    None,
    /// The head is complete. The body of a failure may follow.
    Status(u16),
    Malformed,
}

impl Reply {
    pub(super) const fn new() -> Self {
        Self { stage: Stage::StatusLine, status: 0, chunked: false }
    }

    /// Whether more of the answer is of interest.
    pub(super) fn is_awaited(&self) -> bool {
        self.stage != Stage::End
    }

    /// Nothing more will come: what is left in the buffer is of the body.
    pub(super) fn end<const N: usize>(&mut self, buffer: &mut Buffer<N>) {
        if !self.is_body() {
            buffer.clear();
        }
        self.stage = Stage::End;
    }

    /// Whether the buffer holds the begin of the body of a failure, and no line.
    pub(super) fn is_body(&self) -> bool {
        matches!(self.stage, Stage::Body(_) | Stage::End)
    }

    /// Takes the next byte. The buffer is empty at first.
    pub(super) fn take<const N: usize>(&mut self, byte: u8, buffer: &mut Buffer<N>) -> News {
        match &mut self.stage {
            Stage::End => return News::None,
            Stage::Body(left) => {
                buffer.push(byte);
                *left -= 1;
                if *left == 0 || buffer.is_full() {
                    self.stage = Stage::End;
                }
                return News::None;
            }
            _ => buffer.push(byte),
        }
        // A status line that is longer than the buffer has the status in front all the same.
        let is_judged = byte == b'\n' || (self.stage == Stage::StatusLine && buffer.is_full());
        if !is_judged {
            return News::None;
        }
        let news = self.line(buffer.as_slice());
        buffer.clear();
        news
    }

    fn line(&mut self, line: &[u8]) -> News {
        match self.stage {
            Stage::StatusLine => {
                let Some(status) = status(line) else {
                    self.stage = Stage::End;
                    return News::Malformed;
                };
                (self.status, self.chunked, self.stage) = (status, false, Stage::Header);
            }
            Stage::Header if matches!(line, b"\r\n" | b"\n") => return self.end_head(),
            Stage::Header => {
                let name = line.split(|&byte| byte == b':').next().unwrap_or_default();
                self.chunked |= name.eq_ignore_ascii_case(b"transfer-encoding");
            }
            _ => {
                let size = match httparse::parse_chunk_size(line) {
                    Ok(httparse::Status::Complete((_, size))) => size,
                    _ => 0,
                };
                self.stage = if size == 0 { Stage::End } else { Stage::Body(size) };
            }
        }
        News::None
    }

    fn end_head(&mut self) -> News {
        self.stage = match self.status {
            200..=299 => Stage::End,
            _ if self.chunked => Stage::ChunkSize,
            _ => Stage::Body(u64::MAX),
        };
        News::Status(self.status)
    }
}

/// The status of a status line, whole or cut off behind it.
fn status(line: &[u8]) -> Option<u16> {
    let mut response = httparse::Response::new(&mut []);
    // More would have to follow: the headers.
    response.parse(line).ok()?;
    response.code
}
