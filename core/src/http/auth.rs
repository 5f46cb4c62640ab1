//! Who may read the page: a token or a password (RFC 6750, section 2.1, and RFC 7617).

use super::answer::{Refusal, refusal};
use core::fmt;
use core::hint::black_box;
use core::mem::offset_of;

/// Judges the headers of a request; what it refuses them with.
type Judge = fn(&Auth<'_>, &[httparse::Header<'_>]) -> Option<&'static Refusal>;

/// What a client has to show: a bearer token, or user and password.
///
/// A constant, for [`Responder::with_auth`](super::Responder::with_auth). It goes over the network in the
/// clear, with each request, so it keeps out only those who cannot listen there. How long the comparison
/// takes tells nothing of what was right.
///
/// ```
/// use nanoprom::http::{Auth, Responder};
/// # nanoprom::metrics! { static METRICS; }
///
/// static AUTH: Auth = Auth::bearer("mF_9.B5f-4.1JqM");
/// let responder = Responder::new(&METRICS).with_auth(&AUTH);
/// ```
///
/// The head buffer has to hold the header that is sent, too.
#[derive(Clone, Copy)]
pub struct Auth<'a> {
    judge: Judge,
    user: &'a [u8],
    secret: &'a [u8],
}

impl<'a> Auth<'a> {
    /// The word that is not 0, for the C ABI.
    #[doc(hidden)]
    pub const JUDGE: usize = offset_of!(Self, judge) / size_of::<usize>();

    /// `Authorization: Bearer TOKEN`. An empty token lets nobody in.
    pub const fn bearer(token: &'a str) -> Self {
        Self::__bearer(token.as_bytes())
    }

    /// `Authorization: Basic`, with user and password in UTF-8. An empty password lets nobody in. A user
    /// with a colon in its name cannot be told from another (RFC 7617), so have none.
    pub const fn basic(user: &'a str, password: &'a str) -> Self {
        Self::__basic(user.as_bytes(), password.as_bytes())
    }

    #[doc(hidden)]
    pub const fn __bearer(token: &'a [u8]) -> Self {
        Self { judge: judge_bearer, user: &[], secret: token }
    }

    #[doc(hidden)]
    pub const fn __basic(user: &'a [u8], password: &'a [u8]) -> Self {
        Self { judge: judge_basic, user, secret: password }
    }

    /// What a request with these headers is refused with.
    pub(super) fn refuse(&self, headers: &[httparse::Header<'_>]) -> Option<&'static Refusal> {
        (self.judge)(self, headers)
    }
}

// Without the secret, which has no business in a log.
impl fmt::Debug for Auth<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Auth")
    }
}

fn judge_bearer(auth: &Auth<'_>, headers: &[httparse::Header<'_>]) -> Option<&'static Refusal> {
    static UNAUTHORIZED: Refusal = refusal!(
        401,
        "Unauthorized",
        19,
        "a token is missing\n",
        "WWW-Authenticate: Bearer realm=\"metrics\""
    );
    let token = auth.secret.iter().copied();
    let admitted = credentials(headers, b"bearer")
        .is_some_and(|shown| !auth.secret.is_empty() && same(token, shown));
    (!admitted).then_some(&UNAUTHORIZED)
}

fn judge_basic(auth: &Auth<'_>, headers: &[httparse::Header<'_>]) -> Option<&'static Refusal> {
    static UNAUTHORIZED: Refusal = refusal!(
        401,
        "Unauthorized",
        30,
        "user and password are missing\n",
        "WWW-Authenticate: Basic realm=\"metrics\", charset=\"UTF-8\""
    );
    let plain = auth.user.iter().chain(b":").chain(auth.secret).copied();
    let admitted = credentials(headers, b"basic")
        .is_some_and(|shown| !auth.secret.is_empty() && same(Base64::of(plain), shown));
    (!admitted).then_some(&UNAUTHORIZED)
}

/// What stands behind the scheme in the only `Authorization` header.
fn credentials<'h>(headers: &[httparse::Header<'h>], scheme: &[u8]) -> Option<&'h [u8]> {
    let is_ours =
        |header: &&httparse::Header<'_>| header.name.eq_ignore_ascii_case("authorization");
    let mut ours = headers.iter().filter(is_ours);
    let header = ours.next()?;
    let (start, shown) = header.value.split_at_checked(scheme.len())?;
    let shown = shown.strip_prefix(b" ")?.trim_ascii();
    (ours.next().is_none() && start.eq_ignore_ascii_case(scheme)).then_some(shown)
}

/// Whether what is shown is what is expected. All of the latter is looked at, whatever differs, so the
/// time tells its length at most.
fn same(expected: impl Iterator<Item = u8>, shown: &[u8]) -> bool {
    let mut shown = shown.iter();
    let mut differences = 0;
    for byte in expected {
        let difference = shown.next().map_or(u16::MAX, |&shown| u16::from(shown ^ byte));
        // Hidden from the compiler, which could stop at the first.
        differences = black_box(differences | difference);
    }
    differences == 0 && shown.next().is_none()
}

/// The base64 form of some bytes, with its padding.
struct Base64<B> {
    bytes: B,
    /// Bits that were read and are not out yet, in the lowest places, and how many.
    bits: u32,
    held: u32,
    /// Characters so far, modulo 4.
    column: u8,
}

impl<B: Iterator<Item = u8>> Base64<B> {
    fn of(bytes: B) -> Self {
        Self { bytes, bits: 0, held: 0, column: 0 }
    }
}

impl<B: Iterator<Item = u8>> Iterator for Base64<B> {
    type Item = u8;

    fn next(&mut self) -> Option<u8> {
        if self.held < 6 {
            match self.bytes.next() {
                Some(byte) => {
                    self.bits = self.bits << 8 | u32::from(byte);
                    self.held += 8;
                }
                None if self.held > 0 => {
                    self.bits <<= 6 - self.held;
                    self.held = 6;
                }
                None if self.column > 0 => {
                    self.column = (self.column + 1) % 4;
                    return Some(b'=');
                }
                None => return None,
            }
        }
        self.held -= 6;
        self.column = (self.column + 1) % 4;
        Some(match (self.bits >> self.held & 63) as u8 {
            value @ 0..26 => b'A' + value,
            value @ 26..52 => b'a' + (value - 26),
            value @ 52..62 => b'0' + (value - 52),
            62 => b'+',
            _ => b'/',
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::string::String;

    #[test]
    fn base64_is_that_of_rfc_4648() {
        for (plain, encoded) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
            ("~~~???\u{ff}", "fn5+Pz8/w78="),
        ] {
            let base64: String = Base64::of(plain.bytes()).map(char::from).collect();
            assert_eq!(base64, encoded);
        }
    }

    #[test]
    fn only_the_same_is_the_same() {
        assert!(same(b"abc".iter().copied(), b"abc"));
        for shown in ["", "a", "ab", "abcd", "abd", "bbc", "ABC"] {
            assert!(!same(b"abc".iter().copied(), shown.as_bytes()), "{shown}");
        }
    }
}
