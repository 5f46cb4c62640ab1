//! Writes `nprom_abi.h` from the sources of the C ABI: `nanoprom-header OUTPUT`.

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let Some(output) = std::env::args().nth(1) else {
        eprintln!("usage: nanoprom-header OUTPUT");
        return ExitCode::from(2);
    };
    match write(Path::new(&output)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("nanoprom-header: {fault}");
            ExitCode::FAILURE
        }
    }
}

fn write(output: &Path) -> Result<(), Box<dyn core::error::Error>> {
    let ffi = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ffi");
    let config = cbindgen::Config::from_file(ffi.join("cbindgen.toml"))?;
    let mut builder = cbindgen::Builder::new().with_config(config);
    // One part of the header after the other, in the order in which a reader wants them.
    for part in [
        "version",
        "status",
        "string",
        "types",
        "counter",
        "gauge",
        "histogram",
        "int_histogram",
        "bounds",
        "summary",
        "untyped",
        "state_set",
        "created",
        "exemplar",
        "family",
        "family_removal",
        "family_sized",
        "series",
        "group",
        "row",
        "registry",
        "cursor",
        "collector",
        "sample",
        "sample_value",
        "auth",
        "http",
        "push",
        "serial",
    ] {
        builder = builder.with_src(ffi.join(format!("src/{part}.rs")));
    }
    let mut header = Vec::new();
    builder.generate()?.write(&mut header);
    std::fs::write(output, bracketed(&String::from_utf8(header)?))?;
    println!("wrote {}", output.display());
    Ok(())
}

/// Negative constants in brackets: a macro is text, and in front of it may stand another minus.
fn bracketed(header: &str) -> String {
    let line = |line: &str| match line.rsplit_once(' ') {
        Some((define, value)) if define.starts_with("#define") && value.starts_with('-') => {
            format!("{define} ({value})\n")
        }
        _ => format!("{line}\n"),
    };
    header.lines().map(line).collect()
}
