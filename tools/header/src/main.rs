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
    std::fs::write(output, header)?;
    println!("wrote {}", output.display());
    Ok(())
}
