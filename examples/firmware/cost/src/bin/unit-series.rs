//! Ten series more.
#![no_std]
#![no_main]

cost::one_of_each! {
    series = 11;
}
