//! Writers: where [`encode`](crate::encode) can put a page.

use core::fmt;

/// Something that a page is written to. Its own error comes back from [`encode`](crate::encode).
///
/// Implemented for `heapless::Vec<u8, N>` and `heapless::String<N>`; [`FmtWriter`] adapts
/// `core::fmt::Write`, and with their features [`IoWriter`] adapts `std::io::Write` and
/// [`EmbeddedIoWriter`] adapts `embedded_io::Write`.
pub trait Write {
    /// What can go wrong.
    type Error;

    /// Takes all of `text`, which is UTF-8.
    ///
    /// # Errors
    ///
    /// The writer's own; the page ends there.
    fn write(&mut self, text: &str) -> Result<(), Self::Error>;
}

impl<W: Write + ?Sized> Write for &mut W {
    type Error = W::Error;

    fn write(&mut self, text: &str) -> Result<(), Self::Error> {
        (**self).write(text)
    }
}

impl<const N: usize> Write for heapless::Vec<u8, N> {
    type Error = heapless::CapacityError;

    fn write(&mut self, text: &str) -> Result<(), Self::Error> {
        self.extend_from_slice(text.as_bytes())
    }
}

impl<const N: usize> Write for heapless::String<N> {
    type Error = heapless::CapacityError;

    fn write(&mut self, text: &str) -> Result<(), Self::Error> {
        self.push_str(text)
    }
}

/// A [`core::fmt::Write`], such as `String`, as a writer.
#[derive(Debug)]
pub struct FmtWriter<W>(pub W);

impl<W: fmt::Write> Write for FmtWriter<W> {
    type Error = fmt::Error;

    fn write(&mut self, text: &str) -> Result<(), fmt::Error> {
        self.0.write_str(text)
    }
}

/// A [`std::io::Write`] as a writer.
#[cfg(feature = "std")]
#[derive(Debug)]
pub struct IoWriter<W>(pub W);

#[cfg(feature = "std")]
impl<W: std::io::Write> Write for IoWriter<W> {
    type Error = std::io::Error;

    fn write(&mut self, text: &str) -> Result<(), std::io::Error> {
        self.0.write_all(text.as_bytes())
    }
}

/// An `embedded_io::Write` (version 0.7) as a writer.
#[cfg(feature = "embedded-io-07")]
#[derive(Debug)]
pub struct EmbeddedIoWriter<W>(pub W);

#[cfg(feature = "embedded-io-07")]
impl<W: embedded_io::Write> Write for EmbeddedIoWriter<W> {
    type Error = W::Error;

    fn write(&mut self, text: &str) -> Result<(), W::Error> {
        self.0.write_all(text.as_bytes())
    }
}
