//! A small axum service that is measured: latency by method and endpoint, requests by method, endpoint
//! and status, requests in progress, errors, and the process. Metrics have a port of their own, so that
//! they need not be shown to whom the service serves.
//!
//! ```text
//! PORT=8080 METRICS_PORT=9100 http-service      both optional: a free port; until Ctrl-C
//! ```

#![forbid(unsafe_code)]

mod metrics;
mod routes;

use core::error::Error;
use nanoprom::server::Server;
use std::env;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let listener = TcpListener::bind(("127.0.0.1", port("PORT")?)).await?;
    let scraped = Server::bind(("127.0.0.1", port("METRICS_PORT")?))?.serve(&metrics::METRICS)?;
    println!("Serving http://{}/metrics", scraped.local_addr());
    println!("of the service http://{}/", listener.local_addr()?);

    let (mut interrupt, mut terminate) =
        (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    let stop = async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    };
    axum::serve(listener, routes::router()).with_graceful_shutdown(stop).await?;
    scraped.stop();
    Ok(())
}

/// A port from the environment; 0, which is any free one, where there is none.
fn port(name: &str) -> Result<u16, String> {
    match env::var(name) {
        Ok(text) if !text.is_empty() => {
            text.parse().map_err(|_| format!("{name} is '{text}', not a number from 0 to 65535"))
        }
        _ => Ok(0),
    }
}
