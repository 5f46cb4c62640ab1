//! What the bridge is told: a file, or arguments, checked before anything is opened.

use crate::metrics::MAX_DEVICES;
use crate::port::Address;
use core::net::SocketAddr;
use core::time::Duration;
use serde::{Deserialize, Deserializer};
use std::collections::HashMap;
use std::fs;

/// The longest name of a device, in bytes.
pub const MAX_NAME: usize = 64;
/// A page may be this large where nothing else is said, in bytes.
const MAX_PAGE: usize = 4 << 20;
/// No time-out or age is longer.
const MAX_TIME: Duration = Duration::from_secs(24 * 3600);

/// Everything that can be configured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// Where to listen for HTTP.
    pub listen: SocketAddr,
    /// The time for a page, where the scraper does not say how much it has.
    pub timeout: Duration,
    /// The largest page that is taken from a device, in bytes.
    pub max_page: usize,
    /// Whether the devices' log lines are passed on.
    pub log: bool,
    /// The devices, each with a name of its own.
    pub devices: Vec<Device>,
}

/// One device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// Its name, up to [`MAX_NAME`] bytes.
    pub name: String,
    /// Where it is.
    pub address: Address,
    /// It is not asked but sends pages of its own accord: how old one may be.
    pub push: Option<Duration>,
}

/// The file, as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    listen: Option<SocketAddr>,
    #[serde(default, deserialize_with = "time")]
    timeout: Option<Duration>,
    max_page: Option<usize>,
    log: Option<bool>,
    #[serde(default)]
    device: Vec<FileDevice>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileDevice {
    name: String,
    address: String,
    baud: Option<u32>,
    #[serde(default, deserialize_with = "time")]
    push: Option<Duration>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 9840)),
            timeout: Duration::from_secs(10),
            max_page: MAX_PAGE,
            log: false,
            devices: Vec::new(),
        }
    }
}

impl Config {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// What is wrong, on one line that begins with the file's name.
    pub fn from_file(path: &str) -> Result<Self, String> {
        let text = fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
        Self::from_toml(&text).map_err(|(line, fault)| match line {
            Some(line) => format!("{path}:{line}: {fault}"),
            None => format!("{path}: {fault}"),
        })
    }

    /// Reads the text of a file; an error comes with the number of its line, where it has one.
    fn from_toml(text: &str) -> Result<Self, (Option<usize>, String)> {
        let file: File = toml::from_str(text).map_err(|error| {
            let before = error.span().and_then(|span| text.get(..span.start));
            let line = before.map(|before| 1 + before.matches('\n').count());
            (line, error.message().replace('\n', " "))
        })?;
        let mut config = Self::default();
        config.listen = file.listen.unwrap_or(config.listen);
        config.timeout = file.timeout.unwrap_or(config.timeout);
        config.max_page = file.max_page.unwrap_or(config.max_page);
        config.log = file.log.unwrap_or(config.log);
        for FileDevice { name, address, baud, push } in file.device {
            let device = Device::new(name, &address, baud, push);
            config.devices.push(device.map_err(|fault| (None, fault))?);
        }
        Ok(config)
    }

    /// Checks what concerns all devices together.
    ///
    /// # Errors
    ///
    /// What is wrong, on one line.
    pub fn check(&self) -> Result<(), String> {
        if self.devices.is_empty() {
            return Err("no device: name some with --device or in a file with --config".into());
        }
        if self.devices.len() > MAX_DEVICES {
            return Err(format!("{} devices: at most {MAX_DEVICES}", self.devices.len()));
        }
        if self.max_page == 0 {
            return Err("max_page is 0: no page would be taken".into());
        }
        let mut names = HashMap::new();
        let mut addresses = HashMap::new();
        for Device { name, address, .. } in &self.devices {
            if names.insert(name, ()).is_some() {
                return Err(format!("two devices are called '{name}'"));
            }
            if let Some(other) = addresses.insert(address.to_string(), name) {
                return Err(format!("the devices '{other}' and '{name}' are both at {address}"));
            }
        }
        Ok(())
    }
}

impl Device {
    /// A device, if name and address are good.
    ///
    /// # Errors
    ///
    /// What is wrong, on one line.
    pub fn new(
        name: String,
        address: &str,
        baud: Option<u32>,
        push: Option<Duration>,
    ) -> Result<Self, String> {
        let bad = |c: char| c.is_control() || c == '"' || c == '\\';
        if name.is_empty() || name.len() > MAX_NAME || name.contains(bad) {
            return Err(format!(
                "the name {name:?} is not good: 1 to {MAX_NAME} bytes without quotes, backslashes and control characters"
            ));
        }
        let address = Address::parse(address, baud);
        let address = address.map_err(|fault| format!("the device '{name}': {fault}"))?;
        Ok(Self { name, address, push })
    }

    /// Reads `NAME=ADDRESS`, with `,baud=NUMBER` and `,push=AGE` behind it if wanted.
    ///
    /// # Errors
    ///
    /// What is wrong, on one line.
    pub fn from_argument(text: &str) -> Result<Self, String> {
        let mut parts = text.split(',');
        let (name, address) = parts
            .next()
            .and_then(|part| part.split_once('='))
            .ok_or_else(|| format!("'{text}' is not NAME=ADDRESS"))?;
        let (mut baud, mut push) = (None, None);
        for part in parts {
            match part.split_once('=') {
                Some(("baud", number)) => {
                    let number = number.parse();
                    baud = Some(number.map_err(|_| format!("'{part}' is no baud rate"))?);
                }
                Some(("push", age)) => {
                    push = Some(parse_time(age).map_err(|fault| format!("'{part}': {fault}"))?);
                }
                _ => return Err(format!("'{part}' is neither baud=NUMBER nor push=AGE")),
            }
        }
        Self::new(name.into(), address, baud, push)
    }
}

/// Reads a time such as `15s` or `500ms`.
///
/// # Errors
///
/// What is wrong, on one line.
pub fn parse_time(text: &str) -> Result<Duration, String> {
    let time = humantime::parse_duration(text)
        .map_err(|_| format!("{text:?} is no time such as 15s or 500ms"))?;
    if time.is_zero() || time > MAX_TIME {
        return Err(format!("{text:?} is not between 1ns and 24h"));
    }
    Ok(time)
}

fn time<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Duration>, D::Error> {
    let text = String::deserialize(deserializer)?;
    parse_time(&text).map(Some).map_err(serde::de::Error::custom)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_says_everything() {
        let config = Config::from_toml(
            r#"
            listen = "[::1]:80"
            timeout = "500ms"
            max_page = 1000
            log = true
            [[device]]
            name = "boiler"
            address = "/dev/ttyUSB0"
            baud = 9600
            [[device]]
            name = "ü"
            address = "tcp://host:1"
            push = "15s"
            "#,
        )
        .unwrap();
        assert_eq!(config.listen, "[::1]:80".parse().unwrap());
        assert_eq!(config.timeout, Duration::from_millis(500));
        assert_eq!((config.max_page, config.log), (1000, true));
        assert_eq!(config.devices[0].address, Address::Serial("/dev/ttyUSB0".into(), 9600));
        assert_eq!(config.devices[1].push, Some(Duration::from_secs(15)));
        assert_eq!(config.check(), Ok(()));
    }

    #[test]
    fn an_argument_says_the_same_as_a_file() {
        let device = Device::from_argument("a=/dev/ttyS0,push=1m,baud=300").unwrap();
        assert_eq!(device.address, Address::Serial("/dev/ttyS0".into(), 300));
        assert_eq!(device.push, Some(Duration::from_secs(60)));
        for bad in ["a", "=x", "a=", "a=x,baud=fast", "a=x,push=0s", "a=x,colour=red", "a=ftp://x"]
        {
            assert!(Device::from_argument(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn faults_name_their_line() {
        let fault = |text| Config::from_toml(text).unwrap_err();
        assert_eq!(fault("timeout = \"1s\"\ncolour = 1\n").0, Some(2));
        assert_eq!(fault("timeout = \"soon\"\n").0, Some(1));
        assert!(!fault("[[device]\n").1.contains('\n'));
        assert!(fault("[[device]]\nname = \"a\\nb\"\naddress = \"x\"\n").1.contains(r#""a\nb""#));
    }

    #[test]
    fn devices_do_not_share_names_or_ports() {
        let check = |devices: &[&str]| {
            let devices = devices.iter().map(|text| Device::from_argument(text).unwrap()).collect();
            Config { devices, ..Config::default() }.check()
        };
        assert_eq!(check(&["a=x", "b=y"]), Ok(()));
        assert!(check(&["a=x", "a=y"]).is_err());
        assert!(check(&["a=x", "b=x"]).is_err());
        assert!(check(&[]).is_err());
        let many: Vec<_> = (0..=MAX_DEVICES).map(|n| format!("{n}=/dev/{n}")).collect();
        assert!(check(&many.iter().map(String::as_str).collect::<Vec<_>>()).is_err());
    }
}
