//! The name of the build, and link arguments of the shared library.

#[path = "../ffi/build_id.rs"]
mod build_id;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=../ffi/build_id.rs");
    build_id::emit();
    if std::env::var("CARGO_CFG_TARGET_OS").as_deref() == Ok("linux") {
        let major = std::env::var("CARGO_PKG_VERSION_MAJOR").unwrap_or_default();
        println!("cargo::rustc-cdylib-link-arg=-Wl,-soname,libnanoprom_host.so.{major}");
    }
}
