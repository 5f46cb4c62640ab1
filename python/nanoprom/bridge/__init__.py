"""Ways to other systems than Prometheus."""
