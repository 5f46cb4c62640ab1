//! Rules for info and state sets, which only OpenMetrics has as types.

use crate::page::{Family, Faults, Kind};

/// Notes infos that are not 1, states that are neither 0 nor 1, and states without their name.
pub(crate) fn check(families: &[Family], faults: &mut Faults) {
    for family in families {
        for sample in &family.samples {
            let text = &sample.text;
            match family.kind {
                Kind::Info if text != "1" => {
                    faults.add(sample.line, format!("the info {sample} is {text}: it is always 1"));
                }
                Kind::StateSet if text != "0" && text != "1" => {
                    faults
                        .add(sample.line, format!("the state {sample} is {text}, neither 0 nor 1"));
                }
                _ => {}
            }
            if family.kind == Kind::StateSet && sample.label(&family.name).is_none() {
                let name = &family.name;
                faults.add(sample.line, format!("the state {sample} has no label '{name}'"));
            }
        }
    }
}
