//! One metric of each kind: what the other `unit-` programs are compared with.
#![no_std]
#![no_main]

cost::one_of_each! {
    series = 1;
}
