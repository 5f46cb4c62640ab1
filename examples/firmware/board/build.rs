//! Writes the machine's memory map for the linker, and the names of its interrupts.

use std::path::PathBuf;
use std::{env, fs};

const LM3S6965EVB: &str = "
MEMORY {
    FLASH : ORIGIN = 0x00000000, LENGTH = 256K
    RAM : ORIGIN = 0x20000000, LENGTH = 64K
}";
const MICROBIT: &str = "
MEMORY {
    FLASH : ORIGIN = 0x00000000, LENGTH = 256K
    RAM : ORIGIN = 0x20000000, LENGTH = 16K
}";
const MPS2_AN386: &str = "
MEMORY {
    FLASH : ORIGIN = 0x00000000, LENGTH = 4M
    RAM : ORIGIN = 0x20000000, LENGTH = 4M
}";
/// This machine has RAM only. Float routines of Rust's own library come with tables for unwinding,
/// almost 2 kB, which nobody would read.
const VIRT: &str = "
MEMORY {
    RAM : ORIGIN = 0x80000000, LENGTH = 16M
}
REGION_ALIAS(\"REGION_TEXT\", RAM);
REGION_ALIAS(\"REGION_RODATA\", RAM);
REGION_ALIAS(\"REGION_DATA\", RAM);
REGION_ALIAS(\"REGION_BSS\", RAM);
REGION_ALIAS(\"REGION_HEAP\", RAM);
REGION_ALIAS(\"REGION_STACK\", RAM);
SECTIONS {
    /DISCARD/ : { *(.eh_frame) }
}
";

fn main() {
    let machines = [
        ("LM3S6965EVB", LM3S6965EVB),
        ("MICROBIT", MICROBIT),
        ("MPS2_AN386", MPS2_AN386),
        ("VIRT", VIRT),
    ];
    let chosen: Vec<_> = machines
        .iter()
        .filter(|(name, _)| env::var_os(format!("CARGO_FEATURE_{name}")).is_some())
        .collect();
    let [(_, memory)] = chosen[..] else {
        panic!("choose one machine: --features lm3s6965evb, microbit, mps2-an386 or virt");
    };
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    fs::write(out.join("memory.x"), memory).expect("cannot write memory.x");
    // cortex-m-rt's feature `device` includes this file: handlers that nobody has to define.
    fs::write(out.join("device.x"), "PROVIDE(UART0 = DefaultHandler);")
        .expect("cannot write device.x");
    println!("cargo:rustc-link-search={}", out.display());
    println!("cargo:rerun-if-changed=build.rs");
}
