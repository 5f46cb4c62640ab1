//! Header generator.
fn main() {}
