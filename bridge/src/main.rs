//! `nanoprom-bridge`: Prometheus metrics of devices behind serial ports.
#![forbid(unsafe_code)]

use core::error::Error;
use core::time::Duration;
use nanoprom_bridge::arguments::{self, Command, USAGE};
use nanoprom_bridge::bridge::Bridge;
use nanoprom_bridge::config::Config;
use nanoprom_bridge::device::Device;
use nanoprom_bridge::journal::say;
use nanoprom_bridge::server::Server;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use std::io::{self, Write};
use std::process::ExitCode;
use std::thread;

/// How long answers in progress may take after a signal.
const GRACE: Duration = Duration::from_millis(500);

fn main() -> ExitCode {
    let command = match arguments::read(std::env::args_os().skip(1)) {
        Ok(command) => command,
        Err(fault) => {
            say(format_args!("{fault} (--help tells the usage)"));
            return ExitCode::from(2);
        }
    };
    let done = match command {
        Command::Help => print(USAGE),
        Command::Version => print(concat!("nanoprom-bridge ", env!("CARGO_PKG_VERSION"))),
        Command::Check(config) => print(&format!("{} devices, no faults", config.devices.len())),
        Command::Serve(config) => serve(config),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(error);
            ExitCode::FAILURE
        }
    }
}

fn serve(config: Config) -> Result<(), Box<dyn Error>> {
    // From here on a signal is not lost, however early it comes.
    let mut signals = Signals::new([SIGINT, SIGTERM])?;
    let server = Server::bind(config.listen)
        .map_err(|error| format!("cannot listen on {}: {error}", config.listen))?;
    let address = server.address()?;
    let start = |device| Device::start(device, config.max_page, config.log);
    let devices = config.devices.into_iter().map(start).collect::<Result<_, _>>()?;
    let bridge = Bridge::new(devices, config.timeout, address);
    let stop = server.stopper();
    thread::Builder::new().spawn(move || server.run(move |request| bridge.answer(request)))?;
    print(&format!("Serving http://{address}/"))?;
    signals.forever().next();
    stop.stop(GRACE);
    Ok(())
}

fn print(text: &str) -> Result<(), Box<dyn Error>> {
    let mut out = io::stdout().lock();
    Ok(writeln!(out, "{text}").and_then(|()| out.flush())?)
}
