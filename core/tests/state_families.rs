//! Families whose children are state sets.

use nanoprom::{
    EnumFamily, Family, FmtWriter, Format, StateSet, encode, for_each_sample, label_values, states,
};
use nanoprom_checker::{Checker, disagreements, parse_open_metrics};

states! {
    enum Pump { Off = "off", Running = "running" }
}

label_values! {
    enum Side { Left = "left", Right = "right" }
}

nanoprom::metrics! {
    static METRICS, prefix = "plant_", labels = [site = "north"];
    /// State of each pump.
    static PUMPS: Family<StateSet<Pump>, 1, 2> = "pump", labels = ["name"];
    /// State of each door.
    static DOORS: EnumFamily<StateSet<Pump>, (Side,), 2> = "door", labels = ["side"];
}

fn page(format: Format) -> String {
    let mut page = String::new();
    encode(&METRICS, format, &mut FmtWriter(&mut page)).unwrap();
    page
}

#[test]
fn each_child_has_its_states_behind_its_labels() {
    let first = PUMPS.labels(["a \"b\""]).unwrap();
    first.set(Pump::Running);
    PUMPS.labels(["c"]).unwrap().set(Pump::Running);
    DOORS.labels(Side::Right).set(Pump::Running);
    assert!(PUMPS.labels(["too many"]).is_err());
    // One that returns is in its first state again.
    assert!(PUMPS.remove(["c"]));
    assert!(!page(Format::Text).contains("name=\"c\""));
    PUMPS.labels(["c"]).unwrap();
    let expected = r#"# HELP plant_pump State of each pump.
# TYPE plant_pump gauge
plant_pump{site="north",name="a \"b\"",plant_pump="off"} 0
plant_pump{site="north",name="a \"b\"",plant_pump="running"} 1
plant_pump{site="north",name="c",plant_pump="off"} 1
plant_pump{site="north",name="c",plant_pump="running"} 0
# HELP plant_door State of each door.
# TYPE plant_door gauge
plant_door{site="north",side="left",plant_door="off"} 1
plant_door{site="north",side="left",plant_door="running"} 0
plant_door{site="north",side="right",plant_door="off"} 0
plant_door{site="north",side="right",plant_door="running"} 1
"#;
    let text = page(Format::Text);
    assert!(text.starts_with(expected), "{text}");
    assert!(text.ends_with("family=\"plant_pump\"} 1\n"), "{text}");
    let text = Checker::default().parse(text.as_bytes()).unwrap();
    let open = parse_open_metrics(page(Format::OpenMetrics).as_bytes()).unwrap();
    assert_eq!(disagreements(&text, &open), Vec::<String>::new());
    let mut running = Vec::new();
    for_each_sample(&METRICS, |sample| {
        if sample.label("plant_pump") == Some("running") && sample.value().as_f64() > 0.0 {
            running.push(sample.label("name").unwrap().to_owned());
        }
    });
    assert_eq!(running, ["a \"b\""]);
}
