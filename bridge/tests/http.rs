//! HTTP, as clients see it.

mod support;

use core::net::SocketAddr;
use core::time::Duration;
use nanoprom_bridge::bridge::Bridge;
use nanoprom_bridge::server::{Server, Stop};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::thread;
use std::time::Instant;
use support::{Socket, asked, encode, page};

const PATIENCE: Duration = Duration::from_secs(20);

/// A bridge to a device that answers, one that is silent, and one that is not there.
fn serve(prefix: &str) -> (SocketAddr, Stop) {
    let good = Socket::new().device(&format!("{prefix} good"), None, |mut line| {
        while let Some(number) = asked(&line) {
            line.write_all(&encode(number, page(1).as_bytes(), 64).concat()).unwrap();
        }
    });
    let silent = Socket::new()
        .device(&format!("{prefix} silent"), None, |line| while asked(&line).is_some() {});
    let missing = nanoprom_bridge::config::Device::new(
        format!("{prefix} missing"),
        "unix:/nowhere/at/all",
        None,
        None,
    );
    let missing = nanoprom_bridge::device::Device::start(missing.unwrap(), 1000, false).unwrap();
    let server = Server::bind(SocketAddr::from(([127, 0, 0, 1], 0))).unwrap();
    let address = server.address().unwrap();
    let bridge = Bridge::new(vec![good, silent, missing], Duration::from_millis(500), address);
    let stop = server.stopper();
    thread::spawn(move || server.run(move |request| bridge.answer(request)));
    (address, stop)
}

/// A connection of a client.
struct Client(BufReader<TcpStream>);

impl Client {
    fn new(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        Self(BufReader::new(stream))
    }

    fn send(&mut self, text: &str) {
        self.0.get_mut().write_all(text.as_bytes()).unwrap();
    }

    /// The head of an answer, and its body.
    fn hear(&mut self) -> (String, String) {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            assert!(self.0.read_line(&mut head).unwrap() > 0, "the connection ended: {head}");
        }
        let len = head.lines().find_map(|line| line.strip_prefix("Content-Length: "));
        let mut body = vec![0; len.map_or(0, |len| len.parse().unwrap())];
        self.0.read_exact(&mut body).unwrap();
        (head, String::from_utf8(body).unwrap())
    }

    fn is_at_its_end(&mut self) -> bool {
        self.0.read(&mut [0]).is_ok_and(|len| len == 0)
    }
}

fn get(address: SocketAddr, path: &str, headers: &str) -> (u16, String, String) {
    let mut client = Client::new(address);
    client.send(&format!("GET {path} HTTP/1.1\r\nHost: bridge:1\r\n{headers}\r\n"));
    let (head, body) = client.hear();
    (head.split(' ').nth(1).unwrap().parse().unwrap(), head, body)
}

#[test]
fn a_probe_is_answered_with_the_page_or_the_reason_why_not() {
    let (address, _) = serve("probe");
    let (status, head, body) = get(address, "/probe?target=probe+good", "");
    assert_eq!((status, body), (200, page(1)));
    assert!(head.contains("\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\n"));

    let (status, _, body) = get(address, "/probe?target=probe%20missing", "");
    assert_eq!(status, 502);
    assert!(body.starts_with("probe missing: cannot open unix:/nowhere/at/all: "), "{body}");
    assert_eq!(body.matches('\n').count(), 1);

    assert_eq!(get(address, "/probe?target=probe+nobody", "").0, 404);
    assert_eq!(get(address, "/probe?target=", "").0, 404);
    assert_eq!(get(address, "/probe", "").0, 400);
}

#[test]
fn a_probe_ends_before_the_scraper_gives_up() {
    let (address, _) = serve("time");
    let took = |headers: &str| {
        let began = Instant::now();
        let (status, _, body) = get(address, "/probe?target=time+silent", headers);
        assert_eq!((status, &body[..]), (504, "time silent: sent no whole page in time\n"));
        began.elapsed().as_millis()
    };
    let scraper = took("X-Prometheus-Scrape-Timeout-Seconds: 2\r\n");
    assert!((1750..2000).contains(&scraper), "{scraper} ms of the scraper's 2000");
    let configured = took("");
    assert!((450..1500).contains(&configured), "{configured} ms of the configured 500");
}

#[test]
fn discovery_names_the_bridge_as_the_client_does() {
    let (address, _) = serve("sd");
    let (status, head, body) = get(address, "/sd", "");
    assert_eq!(status, 200);
    assert!(head.contains("\r\nContent-Type: application/json\r\n"));
    let targets: serde_json::Value = serde_json::from_str(&body).unwrap();
    assert_eq!(
        targets[0],
        serde_json::json!({ "targets": ["bridge:1"], "labels": {
            "__metrics_path__": "/probe", "__param_target": "sd good", "instance": "sd good",
        } })
    );
    assert_eq!(targets.as_array().unwrap().len(), 3);
}

#[test]
fn a_merged_page_leaves_out_who_does_not_answer() {
    let (address, _) = serve("merged");
    let (status, _, body) = get(address, "/merged", "");
    assert_eq!(status, 200);
    assert_eq!(body, "# TYPE value gauge\nvalue{device=\"merged good\"} 1\n");
}

#[test]
fn the_bridges_own_page_is_valid() {
    let (address, _) = serve("own");
    get(address, "/probe?target=own+good", "");
    let (status, _, body) = get(address, "/metrics", "");
    assert_eq!(status, 200);
    let page = nanoprom_checker::parse(body.as_bytes()).unwrap();
    let value = |name, device| page.sample(name, &[("device", device)]).unwrap().value;
    assert_eq!(value("nanoprom_bridge_up", "own good"), 1.0);
    assert_eq!(value("nanoprom_bridge_up", "own missing"), 0.0);
    assert!(value("nanoprom_bridge_last_success_timestamp_seconds", "own good") > 1.7e9);
    assert_eq!(value("nanoprom_bridge_scrape_duration_seconds_count", "own good"), 1.0);
}

#[test]
fn requests_on_one_connection_are_answered_in_order() {
    let (address, _) = serve("order");
    let mut client = Client::new(address);
    client.send(
        "GET /nothing HTTP/1.1\r\nHost: a\r\n\r\nHEAD /sd HTTP/1.1\r\nHost: a\r\n\r\n\
         GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\nGET /sd HTTP/1.1\r\nHost: a\r\n\r\n",
    );
    assert!(client.hear().0.starts_with("HTTP/1.1 404 "));
    let (head, body) = client.hear();
    assert!(
        head.starts_with("HTTP/1.1 200 ") && !head.contains("Content-Length") && body.is_empty()
    );
    let (head, body) = client.hear();
    assert!(head.contains("\r\nConnection: close\r\n") && body.contains("/merged"));
    assert!(client.is_at_its_end());
}

#[test]
fn what_is_no_request_is_refused_and_the_connection_closed() {
    let (address, _) = serve("bad");
    let long = "x".repeat(10_000);
    for (request, status) in [
        ("rubbish\r\n\r\n".to_owned(), "400"),
        ("POST /probe HTTP/1.1\r\nHost: a\r\n\r\n".into(), "405"),
        ("GET / HTTP/1.1\r\n\r\n".into(), "400"),
        ("GET / HTTP/3.0\r\nHost: a\r\n\r\n".into(), "505"),
        (format!("GET /{long} HTTP/1.1\r\nHost: a\r\n\r\n"), "414"),
        (format!("GET / HTTP/1.1\r\nHost: a\r\nA: {long}\r\n\r\n"), "431"),
    ] {
        let mut client = Client::new(address);
        client.send(&request);
        let (head, _) = client.hear();
        assert!(head.starts_with(&format!("HTTP/1.1 {status} ")), "{head}");
        assert_eq!(head.contains("Allow: GET, HEAD"), status == "405");
        assert!(client.is_at_its_end());
    }
}

#[test]
fn a_body_is_never_taken_for_a_request() {
    let (address, _) = serve("body");
    let mut client = Client::new(address);
    client.send("GET /nothing HTTP/1.1\r\nHost: a\r\nContent-Length: 33\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n1234567");
    assert!(client.hear().0.starts_with("HTTP/1.1 404 "));
    assert!(client.is_at_its_end());
}

#[test]
fn a_client_of_http_1_0_gets_the_end_of_the_connection() {
    let (address, _) = serve("old");
    let mut client = Client::new(address);
    client.send("GET /sd HTTP/1.0\r\n\r\n");
    assert!(client.hear().1.contains(&format!("\"targets\":[\"{address}\"]")));
    assert!(client.is_at_its_end());
}

#[test]
fn more_silent_clients_than_places_keep_nobody_out() {
    let (address, _) = serve("crowd");
    let mut crowd = Vec::new();
    for number in 0..600 {
        let mut client = TcpStream::connect(address).unwrap();
        if number % 3 == 0 {
            client.write_all(b"GET /met").unwrap();
        }
        crowd.push(client);
    }
    let began = Instant::now();
    assert_eq!(get(address, "/probe?target=crowd+good", "").0, 200);
    assert!(began.elapsed() < Duration::from_secs(2));
    let last = crowd.last().unwrap();
    last.shutdown(Shutdown::Both).unwrap();
}

#[test]
fn after_a_stop_nobody_is_answered() {
    let (address, stop) = serve("stop");
    let mut early = Client::new(address);
    early.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    early.hear();
    let began = Instant::now();
    stop.stop(Duration::from_secs(5));
    assert!(began.elapsed() < Duration::from_secs(1), "nothing was in progress");
    early.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    assert!(early.is_at_its_end());
    let mut late = Client::new(address);
    assert!(late.is_at_its_end());
}
