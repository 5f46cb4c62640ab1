// error: lifetime may not live long enough

use nanoprom::Registry;

fn shorten<'a>(registry: &'static Registry<'static>) -> &'a Registry<'a> {
    registry
}

fn main() {}
