//! C ABI.
#![no_std]
