//! Declarations that must not compile, each with the sentence that the compiler must say.
//!
//! Each file in `compile_fail/` begins with lines `// error: …`; all of these must be in what the
//! compiler says about it. Only those parts are compared, so that every version of the compiler will
//! do. One `cargo check` builds them all, as programs of one package made for the purpose.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

const HERE: &str = env!("CARGO_MANIFEST_DIR");

struct Case {
    name: String,
    file: PathBuf,
    errors: Vec<String>,
}

fn cases() -> Vec<Case> {
    let mut files: Vec<_> = fs::read_dir(Path::new(HERE).join("tests/compile_fail"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let case = |file: PathBuf| {
        let text = fs::read_to_string(&file).unwrap();
        let errors = text.lines().map_while(|line| line.strip_prefix("// error: "));
        Case {
            name: file.file_stem().unwrap().to_str().unwrap().into(),
            errors: errors.map(String::from).collect(),
            file,
        }
    };
    files.into_iter().map(case).collect()
}

/// A package with the cases as its programs. Beside them `main.rs` compiles, so that the package is
/// known to be sound.
fn package(cases: &[Case]) -> PathBuf {
    let package = Path::new(env!("CARGO_TARGET_TMPDIR")).join("compile_fail");
    let mut manifest = format!(
        "[package]\nname = \"compile_fail\"\nedition = \"2024\"\npublish = false\n\
         [workspace]\n[dependencies]\nnanoprom = {{ path = {HERE:?}, features = [\"alloc\"] }}\n"
    );
    for Case { name, file, .. } in cases {
        manifest += &format!("[[bin]]\nname = {name:?}\npath = {file:?}\n");
    }
    let good = "nanoprom::metrics! {\n    static METRICS;\n    /// Help.\n    static X: IntCounter = \"x_total\";\n}\n\
         use nanoprom::IntCounter;\n\nfn main() {\n    X.inc();\n    nanoprom::check(&METRICS).unwrap();\n}\n";
    fs::create_dir_all(package.join("src")).unwrap();
    fs::write(package.join("Cargo.toml"), manifest).unwrap();
    fs::write(package.join("src/main.rs"), good).unwrap();
    // The same versions of all crates, so that nothing is fetched.
    fs::copy(Path::new(HERE).join("../Cargo.lock"), package.join("Cargo.lock")).unwrap();
    package
}

/// What the compiler says, one JSON message a line.
fn compile(package: &Path) -> String {
    let output = Command::new(env!("CARGO"))
        .args(["check", "--offline", "--keep-going", "--bins", "--message-format=json"])
        .current_dir(package)
        .env("CARGO_TARGET_DIR", package.join("target"))
        .output()
        .unwrap();
    let messages = String::from_utf8(output.stdout).unwrap();
    let finished = messages.contains(r#"{"reason":"build-finished","success":false}"#);
    assert!(finished, "{}", String::from_utf8_lossy(&output.stderr));
    messages
}

/// The messages about one program.
fn about(messages: &str, name: &str) -> Vec<String> {
    let target = format!(r#""name":"{name}","src_path""#);
    let lines = messages.lines().filter(|line| line.contains(&target));
    // Enough of JSON for searching sentences: quotes and backslashes are escaped.
    lines
        .map(|line| line.replace("\\\"", "\"").replace("\\\\", "\\").replace("\\n", "\n"))
        .collect()
}

#[test]
fn wrong_declarations_stop_the_build_and_name_the_offender() {
    let cases = cases();
    assert!(cases.len() > 20, "{} cases found", cases.len());
    let messages = compile(&package(&cases));
    let good = about(&messages, "compile_fail");
    let sound = good.iter().any(|line| line.contains(r#""reason":"compiler-artifact""#));
    assert!(sound, "the program without a mistake does not compile: {good:#?}");

    let mut failures = String::new();
    for case in &cases {
        let messages = about(&messages, &case.name);
        let errors: Vec<_> =
            messages.iter().filter(|line| line.contains(r#""level":"error""#)).collect();
        assert!(!case.errors.is_empty(), "{} names no error", case.name);
        for error in &case.errors {
            if !errors.iter().any(|line| line.contains(error)) {
                failures += &format!("\n{}: expected: {error}\n", case.name);
                for line in &errors {
                    let rendered = line.split_once(r#""rendered":""#).unwrap_or_default().1;
                    failures += rendered.split_once("\n\",\"").unwrap_or((rendered, "")).0;
                }
            }
        }
    }
    assert!(failures.is_empty(), "{failures}");
}
