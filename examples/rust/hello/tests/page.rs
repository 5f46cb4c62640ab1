//! The example prints the page that its twin in C prints.

use std::process::Command;

#[test]
fn hello_prints_its_golden_page() {
    let output = Command::new(env!("CARGO_BIN_EXE_hello")).output().unwrap();
    let golden = include_str!("../../../../testdata/pages/hello.txt");
    assert!(output.status.success());
    assert_eq!(String::from_utf8(output.stdout).unwrap(), golden);
}
