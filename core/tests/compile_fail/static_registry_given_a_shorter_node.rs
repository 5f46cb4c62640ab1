// error: borrowed data escapes outside of function

use nanoprom::{Node, Registry};

static REGISTRY: Registry<'static> = Registry::new();

fn register<'a>(node: &'a Node<'a>) {
    let _ = REGISTRY.register(node);
}

fn main() {}
