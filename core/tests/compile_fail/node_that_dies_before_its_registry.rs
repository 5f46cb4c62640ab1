// error: `node` does not live long enough

use nanoprom::{FmtWriter, Format, Group, Node, Registry, encode};

static EMPTY: Group<'static> = Group::new(&[]);

fn main() {
    let registry = Registry::new();
    {
        let node = Node::new(&EMPTY);
        let _ = registry.register(&node);
    }
    let _ = encode(&registry, Format::Text, &mut FmtWriter(String::new()));
}
