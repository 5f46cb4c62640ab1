//! What the bridge answers, path by path.

use crate::device::Device;
use crate::failure::{Failure, Kind};
use crate::merge::Merge;
use crate::request::Request;
use crate::response::Response;
use crate::turn::Turn;
use crate::{metrics, page};
use core::net::SocketAddr;
use core::time::Duration;
use serde_json::json;
use std::sync::Arc;
use std::thread;
use std::time::Instant;

/// Nobody waits longer for an answer.
const MAX_TIME: Duration = Duration::from_secs(300);
/// The part of a scraper's time that is kept for the way back.
const MARGIN: f64 = 0.1;
/// It is never more than this.
const MAX_MARGIN: Duration = Duration::from_millis(500);

const INDEX: &str = "nanoprom-bridge

/probe?target=NAME  the page of one device
/sd                 the devices, for Prometheus' http_sd_configs
/metrics            the bridge's own metrics
/merged             one page of all devices, told apart by the label 'device'
";

/// All devices.
pub struct Bridge {
    devices: Vec<Arc<Device>>,
    /// The time for a page where the scraper does not say.
    timeout: Duration,
    /// The bridge's own address, for clients that do not say what they call it.
    address: SocketAddr,
    merging: Turn,
}

impl Bridge {
    /// A bridge to these devices, whose names all differ.
    pub fn new(devices: Vec<Arc<Device>>, timeout: Duration, address: SocketAddr) -> Self {
        Self { devices, timeout, address, merging: Turn::default() }
    }

    /// Answers a request.
    pub fn answer(&self, request: &Request) -> Response {
        let deadline = Instant::now() + patience(request.timeout, self.timeout);
        match request.path.as_str() {
            "/probe" => self.probe(request, deadline),
            "/sd" => self.targets(request),
            "/metrics" => self.metrics(),
            "/merged" => self.merged(deadline),
            "/" => Response::text(INDEX),
            _ => Response::refusal(404, "there are /probe, /sd, /metrics and /merged"),
        }
    }

    fn probe(&self, request: &Request, deadline: Instant) -> Response {
        let Some(name) = request.parameter("target") else {
            return Response::refusal(400, "/probe?target=NAME: the target is missing");
        };
        match self.devices.iter().find(|device| device.name() == name) {
            None => Response::refusal(404, &format!("there is no device {name:?}")),
            Some(device) => match device.page(deadline) {
                Ok(page) => Response::metrics(page),
                Err(failure) => Response::refusal(status(&failure), &format!("{name}: {failure}")),
            },
        }
    }

    /// One target for each device, with the labels that make Prometheus probe it.
    fn targets(&self, request: &Request) -> Response {
        let host = request.host.clone().unwrap_or_else(|| self.address.to_string());
        let target = |device: &Arc<Device>| {
            let name = device.name();
            json!({ "targets": [host], "labels": {
                "__metrics_path__": "/probe", "__param_target": name, "instance": name,
            } })
        };
        let targets: Vec<_> = self.devices.iter().map(target).collect();
        Response::json(json!(targets).to_string())
    }

    fn metrics(&self) -> Response {
        for device in &self.devices {
            device.refresh();
        }
        Response::metrics(metrics::page().into_bytes())
    }

    /// Asks all devices at once; those without a page are left out.
    fn merged(&self, deadline: Instant) -> Response {
        // A thread for each device, so only one such page at a time.
        let Some(_turn) = self.merging.take(deadline) else {
            return Response::refusal(503, "busy with other merged pages");
        };
        let mut merge = Merge::new();
        thread::scope(|scope| {
            let ask = |device| {
                thread::Builder::new().spawn_scoped(scope, move || Device::page(device, deadline))
            };
            let asked: Vec<_> = self.devices.iter().map(|device| (device, ask(device))).collect();
            for (device, thread) in asked {
                let Some(Ok(bytes)) = thread.ok().and_then(|thread| thread.join().ok()) else {
                    continue;
                };
                if let Ok(page) = page::read(&bytes) {
                    device.left_out(merge.add(device.name(), &page));
                }
            }
        });
        Response::metrics(merge.finish().into_bytes())
    }
}

/// How long to wait, if the scraper says how long it will, or else the configured time.
fn patience(scraper: Option<Duration>, configured: Duration) -> Duration {
    let time = match scraper {
        Some(time) => time - time.mul_f64(MARGIN).min(MAX_MARGIN),
        None => configured,
    };
    time.min(MAX_TIME)
}

fn status(failure: &Failure) -> u16 {
    match failure.kind {
        Kind::Timeout => 504,
        Kind::Busy => 503,
        _ => 502,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_comes_before_the_scraper_gives_up() {
        let milliseconds = Duration::from_millis;
        let configured = milliseconds(7000);
        assert_eq!(patience(None, configured), configured);
        assert_eq!(patience(Some(milliseconds(1000)), configured), milliseconds(900));
        assert_eq!(patience(Some(milliseconds(10_000)), configured), milliseconds(9500));
        assert_eq!(patience(Some(Duration::MAX), configured), MAX_TIME);
    }
}
