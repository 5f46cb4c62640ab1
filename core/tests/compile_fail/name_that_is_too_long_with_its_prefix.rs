// error: x' is longer than 255 bytes with its prefixes and suffixes

nanoprom::metrics! {
    static METRICS, prefix = "pppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppp_";
    /// Help.
    static X: Gauge = "x";
}
use nanoprom::Gauge;

fn main() {}
