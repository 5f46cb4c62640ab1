//! The command line.

use crate::config::{Config, Device, parse_time};
use lexopt::prelude::*;
use std::ffi::OsString;

/// What `--help` prints.
pub const USAGE: &str = "usage: nanoprom-bridge [OPTION]... --config FILE
       nanoprom-bridge [OPTION]... --device NAME=ADDRESS...

Serves the metrics of devices behind serial ports to Prometheus.

  --config FILE          read devices and settings from a TOML file
  --device NAME=ADDRESS  one more device; the address is the path of a serial port,
                         tcp://HOST:PORT or unix:/PATH. Behind it may stand
                         ,baud=NUMBER (115200) and ,push=AGE for a device that is
                         not asked but sends pages of its own accord
  --listen ADDRESS:PORT  where to serve (127.0.0.1:9840); port 0 takes a free one
  --timeout TIME         for a page, where the scraper does not say (10s)
  --log                  pass the devices' log lines on to standard error
  --check                only check the configuration
  --help, --version

Options beat the file. Paths: /probe?target=NAME, /sd, /metrics, /merged.
Exit status: 0 after Ctrl-C or SIGTERM, 1 if it cannot serve, 2 wrong usage.";

/// What is wanted.
#[derive(Debug, PartialEq, Eq)]
pub enum Command {
    /// `--help`
    Help,
    /// `--version`
    Version,
    /// `--check`
    Check(Config),
    /// Serve.
    Serve(Config),
}

/// Reads the arguments behind the program's name, and the file that they name.
///
/// # Errors
///
/// What is wrong, on one line.
pub fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Command, String> {
    let mut parser = lexopt::Parser::from_args(arguments);
    let (mut file, mut listen, mut timeout) = (None, None, None);
    let (mut log, mut check, mut devices) = (false, false, Vec::new());
    while let Some(argument) = parser.next().map_err(|error| error.to_string())? {
        match argument {
            Short('h') | Long("help") => return Ok(Command::Help),
            Short('V') | Long("version") => return Ok(Command::Version),
            Long("config") if file.is_some() => return Err("--config stands twice".into()),
            Long("config") => file = Some(value(&mut parser)?),
            Long("device") => devices.push(Device::from_argument(&value(&mut parser)?)?),
            Long("listen") => {
                let text = value(&mut parser)?;
                let address = text.parse();
                listen = Some(address.map_err(|_| {
                    format!("'{text}' is not ADDRESS:PORT, such as 127.0.0.1:9840")
                })?);
            }
            Long("timeout") => timeout = Some(parse_time(&value(&mut parser)?)?),
            Long("log") => log = true,
            Long("check") => check = true,
            other => return Err(other.unexpected().to_string()),
        }
    }
    let mut config = match file {
        Some(file) => Config::from_file(&file)?,
        None => Config::default(),
    };
    config.listen = listen.unwrap_or(config.listen);
    config.timeout = timeout.unwrap_or(config.timeout);
    config.log |= log;
    config.devices.extend(devices);
    config.check()?;
    Ok(if check { Command::Check(config) } else { Command::Serve(config) })
}

fn value(parser: &mut lexopt::Parser) -> Result<String, String> {
    let value = parser.value().map_err(|error| error.to_string())?;
    value.into_string().map_err(|value| format!("{value:?} is not UTF-8"))
}
