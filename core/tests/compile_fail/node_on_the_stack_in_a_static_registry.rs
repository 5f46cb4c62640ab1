// error: `node` does not live long enough

use nanoprom::{Group, Node, Registry};

static EMPTY: Group<'static> = Group::new(&[]);
static REGISTRY: Registry<'static> = Registry::new();

fn main() {
    let node = Node::new(&EMPTY);
    let _ = REGISTRY.register(&node);
}
