//! What the service does: items to look up and to order, and a report that takes long and may fail.

use crate::metrics::{REPORT_ERRORS, measure};
use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::middleware;
use axum::routing::{get, post};
use core::sync::atomic::{AtomicU32, Ordering};
use core::time::Duration;

const ITEMS: [&str; 3] = ["anvil", "rope", "rocket"];

/// All routes, and `measure` around them: also around what matches none.
pub fn router() -> Router {
    Router::new()
        .route("/", get(async || "items at /items/0, a report at /report\n"))
        .route("/items/{id}", get(item))
        .route("/orders", post(async || (StatusCode::CREATED, "ordered\n")))
        .route("/report", get(report))
        .fallback(async || (StatusCode::NOT_FOUND, "there is no such page\n"))
        .layer(middleware::from_fn(measure))
}

async fn item(Path(id): Path<String>) -> Result<&'static str, StatusCode> {
    let index: usize = id.parse().map_err(|_| StatusCode::NOT_FOUND)?;
    ITEMS.get(index).copied().ok_or(StatusCode::NOT_FOUND)
}

async fn report() -> Result<&'static str, (StatusCode, &'static str)> {
    REPORT_ERRORS
        .count_errors(make_report().await)
        .map_err(|reason| (StatusCode::SERVICE_UNAVAILABLE, reason))
}

/// Waits as if for a database, which is busy each twentieth time.
async fn make_report() -> Result<&'static str, &'static str> {
    static ASKED: AtomicU32 = AtomicU32::new(0);
    tokio::time::sleep(Duration::from_millis(30)).await;
    // Relaxed: it orders no other memory.
    if ASKED.fetch_add(1, Ordering::Relaxed) % 20 == 19 {
        return Err("the database is busy\n");
    }
    Ok("all is well\n")
}
