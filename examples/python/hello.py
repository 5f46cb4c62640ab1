"""Three metrics, a few updates, and the page they make."""
from nanoprom import Counter, Histogram, generate_latest

REQUESTS = Counter("http_requests_total", "Requests served.")
LATENCY = Histogram("http_request_duration_seconds", "Time to answer, in seconds.", buckets=(0.1, 0.5, 1, 5))
RESPONSES = Counter("http_responses_total", "Responses by method and status code.", ["method", "code"])

REQUESTS.inc()
LATENCY.observe(0.25)
RESPONSES.labels("GET", "200").inc()
print(generate_latest().decode(), end="")
