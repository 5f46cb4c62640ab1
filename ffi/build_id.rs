// Shared by the build scripts of the C libraries.

use std::env;
use std::process::Command;

/// Tells the crate the name of a symbol that says from which version and by which compiler it was built:
/// `nprom_build_0_1_0_rustc_1_95_0_59807616e`. One library defines it, the others refer to it: they share
/// Rust's own types, whose layout is the same only then.
pub(crate) fn emit() {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).arg("--version").output().expect("rustc tells its version");
    let compiler = String::from_utf8_lossy(&output.stdout);
    let words = compiler.split(|c: char| !c.is_ascii_alphanumeric());
    let version =
        env::var("CARGO_PKG_VERSION").expect("cargo sets it").replace(['.', '-', '+'], "_");
    // The date of the compiler tells nothing that its hash does not.
    let compiler: Vec<_> = words.filter(|word| !word.is_empty()).take(5).collect();
    println!("cargo::rustc-env=NPROM_BUILD=nprom_build_{version}_{}", compiler.join("_"));
}
