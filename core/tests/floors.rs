//! The floors of the house: a file of `core/src` uses only files on its own floor or below, in the
//! order in which `lib.rs` lists them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The floor of each module, from the lines `// Floor N: …` and `mod x;` of `lib.rs`.
fn floors(lib: &str) -> BTreeMap<&str, u32> {
    let mut floors = BTreeMap::new();
    let mut floor = None;
    for line in lib.lines() {
        if let Some(rest) = line.strip_prefix("// Floor ") {
            let number = rest.split(':').next().and_then(|number| number.parse().ok());
            floor = Some(number.expect("a number and a colon behind `// Floor `"));
        }
        let item = line.strip_prefix("pub ").unwrap_or(line);
        if let Some(module) = item.strip_prefix("mod ").and_then(|rest| rest.strip_suffix(';')) {
            floors.insert(module, floor.expect("a module stands on a floor"));
        }
    }
    floors
}

/// The modules of the crate that a source uses, with the lines where it does: `crate::x`, and each
/// name in `crate::{x, y::z}`.
fn uses(source: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (number, line) in source.lines().enumerate() {
        let code = line.split("//").next().unwrap_or_default();
        for (at, _) in code.match_indices("crate::") {
            // `$crate::` in a macro speaks of what the crate exports.
            if code[..at].ends_with(['$', '_']) {
                continue;
            }
            let rest = &code[at + "crate::".len()..];
            let list = match rest.strip_prefix('{') {
                Some(list) => list.split('}').next().unwrap_or(list).split(',').collect(),
                None => vec![rest],
            };
            for item in list {
                let name = item.trim().split(|c: char| !c.is_alphanumeric() && c != '_').next();
                found.push((number + 1, name.unwrap_or_default().to_owned()));
            }
        }
    }
    found
}

/// The sources below `folder`, each with the module of `lib.rs` that it belongs to.
fn sources(folder: &Path, module: Option<&str>, found: &mut Vec<(PathBuf, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let stem = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let owner = module.unwrap_or(&stem).to_owned();
        if path.is_dir() {
            sources(&path, Some(&owner), found);
        } else if path.extension().is_some_and(|extension| extension == "rs") && owner != "lib" {
            found.push((path, owner));
        }
    }
}

#[test]
fn a_file_uses_only_files_on_its_own_floor_or_below() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let lib = fs::read_to_string(src.join("lib.rs")).unwrap();
    let floors = floors(&lib);
    let mut files = Vec::new();
    sources(&src, None, &mut files);
    let mut faults = String::new();
    for (path, owner) in files {
        // A module may be called other than its file.
        let own = floors.get(&*owner).or_else(|| floors.get(&*format!("__{owner}")));
        let Some(own) = own else {
            faults += &format!("lib.rs puts {} on no floor\n", path.display());
            continue;
        };
        for (line, module) in uses(&fs::read_to_string(&path).unwrap()) {
            // Anything else is an item that lib.rs re-exports, which only macros and docs use.
            let Some(floor) = floors.get(&*module) else {
                continue;
            };
            if floor > own {
                let path = path.strip_prefix(&src).unwrap().display();
                faults += &format!("{path}:{line}: floor {own} uses {module} of floor {floor}\n");
            }
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}

#[test]
fn the_order_of_the_floors_is_read_from_lib_rs() {
    let floors =
        floors("mod_less!();\n// Floor 0: bytes.\nmod a;\npub mod b;\n// Floor 1: more.\nmod c;\n");
    assert_eq!(floors, BTreeMap::from([("a", 0), ("b", 0), ("c", 1)]));
}

#[test]
fn all_ways_to_use_a_module_are_seen() {
    let source = "use crate::a::X;\nuse crate::{b, c::Y};\nlet z = crate::d(1); // crate::e\n$crate::f!();\n";
    let expected = [(1, "a"), (2, "b"), (2, "c"), (3, "d")];
    assert_eq!(uses(source), expected.map(|(line, name)| (line, name.to_owned())));
}
