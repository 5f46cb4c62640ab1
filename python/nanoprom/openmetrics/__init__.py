"""OpenMetrics: its pages and a parser."""
