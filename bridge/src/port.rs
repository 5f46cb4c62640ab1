//! The ways to a device: serial port, TCP, Unix socket.

use core::fmt;
use core::time::Duration;
use socket2::{SockRef, TcpKeepalive};
use std::io::{self, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::os::unix::net::UnixStream;

/// How long to wait for a TCP connection.
const CONNECT_TIME: Duration = Duration::from_secs(3);
/// How long a request of two bytes may take to be sent.
const WRITE_TIME: Duration = Duration::from_secs(1);
/// A read from a serial port gives up after this; the reader then tries again.
const READ_TIME: Duration = Duration::from_secs(3600);
/// After this silence a TCP connection is probed, so that one whose device lost its power is noticed.
const KEEPALIVE: Duration = Duration::from_secs(10);

/// Where a device is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// The path of a serial port, and bits per second.
    Serial(String, u32),
    /// `host:port`
    Tcp(String),
    /// The path of a socket.
    Unix(String),
}

impl Address {
    /// Bits per second where nothing else is said.
    pub const BAUD: u32 = 115_200;

    /// Reads `tcp://HOST:PORT`, `unix:/PATH` or the path of a serial port.
    ///
    /// # Errors
    ///
    /// A sentence that says what is wrong.
    pub fn parse(text: &str, baud: Option<u32>) -> Result<Self, String> {
        let address = if let Some(host) = text.strip_prefix("tcp://") {
            let (name, port) = host.rsplit_once(':').unwrap_or_default();
            if name.is_empty() || port.parse::<u16>().is_err() {
                return Err(format!("'{text}' is not tcp://HOST:PORT"));
            }
            Self::Tcp(host.into())
        } else if let Some(path) = text.strip_prefix("unix:") {
            Self::Unix(path.into())
        } else if text.contains("://") {
            return Err(format!(
                "'{text}' is neither tcp://HOST:PORT, unix:/PATH nor a serial port"
            ));
        } else {
            Self::Serial(text.into(), baud.unwrap_or(Self::BAUD))
        };
        match &address {
            Self::Serial(path, _) | Self::Unix(path) if path.is_empty() => {
                Err("the address has no path".into())
            }
            Self::Serial(_, 0) => Err("0 baud is no speed".into()),
            Self::Tcp(_) | Self::Unix(_) if baud.is_some() => {
                Err(format!("'{text}' is no serial port and has no baud rate"))
            }
            _ => Ok(address),
        }
    }

    /// Opens it: a side to read from, which waits for bytes, and one to write to.
    pub(crate) fn open(&self) -> io::Result<(Box<dyn Read + Send>, Box<dyn Write + Send>)> {
        match self {
            Self::Serial(path, baud) => {
                let reader = serialport::new(path, *baud).timeout(READ_TIME).open()?;
                let mut writer = reader.try_clone()?;
                writer.set_timeout(WRITE_TIME)?;
                Ok((Box::new(reader), Box::new(writer)))
            }
            Self::Tcp(host) => {
                let reader = connect(host)?;
                let socket = SockRef::from(&reader);
                let keepalive =
                    TcpKeepalive::new().with_time(KEEPALIVE).with_interval(KEEPALIVE / 2);
                socket.set_tcp_keepalive(&keepalive)?;
                // A request on its way must not put the keep-alive off for a quarter of an hour.
                #[cfg(target_os = "linux")]
                socket.set_tcp_user_timeout(Some(KEEPALIVE * 2))?;
                reader.set_nodelay(true)?;
                reader.set_write_timeout(Some(WRITE_TIME))?;
                let writer = reader.try_clone()?;
                Ok((Box::new(reader), Box::new(writer)))
            }
            Self::Unix(path) => {
                let reader = UnixStream::connect(path)?;
                reader.set_write_timeout(Some(WRITE_TIME))?;
                let writer = reader.try_clone()?;
                Ok((Box::new(reader), Box::new(writer)))
            }
        }
    }
}

/// Connects to the first address of the host that answers.
fn connect(host: &str) -> io::Result<TcpStream> {
    let mut result = Err(io::Error::other("the host has no address"));
    for address in host.to_socket_addrs()? {
        result = TcpStream::connect_timeout(&address, CONNECT_TIME);
        if result.is_ok() {
            break;
        }
    }
    result
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Serial(path, _) => write!(f, "{path}"),
            Self::Tcp(host) => write!(f, "tcp://{host}"),
            Self::Unix(path) => write!(f, "unix:{path}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_what_it_is() {
        let parse = |text| Address::parse(text, None).unwrap();
        assert_eq!(parse("/dev/ttyUSB0"), Address::Serial("/dev/ttyUSB0".into(), 115_200));
        assert_eq!(parse("tcp://[::1]:4000"), Address::Tcp("[::1]:4000".into()));
        assert_eq!(parse("unix:/run/a"), Address::Unix("/run/a".into()));
        for text in ["/dev/ttyUSB0", "tcp://host:1", "unix:/run/a"] {
            assert_eq!(parse(text).to_string(), text);
        }
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for bad in
            ["", "unix:", "tcp://", "tcp://host", "tcp://:1", "tcp://host:70000", "http://host"]
        {
            assert!(Address::parse(bad, None).is_err(), "{bad}");
        }
        assert!(Address::parse("/dev/ttyS0", Some(0)).is_err());
        assert!(Address::parse("tcp://host:1", Some(9600)).is_err());
    }
}
