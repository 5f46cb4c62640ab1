//! The models, one file for each part of the core.

mod family;
mod index;
mod split;
mod stopped;
