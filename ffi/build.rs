//! The name of the build, and link arguments of the shared library.

mod build_id;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build_id.rs");
    build_id::emit();
    if std::env::var("CARGO_CFG_TARGET_OS").as_deref() == Ok("linux") {
        let major = std::env::var("CARGO_PKG_VERSION_MAJOR").unwrap_or_default();
        println!("cargo::rustc-cdylib-link-arg=-Wl,-soname,libnanoprom.so.{major}");
        // memcpy and abort; nothing of std brings the C library in.
        println!("cargo::rustc-cdylib-link-arg=-lc");
    }
}
