//! The models, one file for each part of the core.

mod family;
mod index;
mod members;
mod moved;
mod reclaim;
mod replaced;
mod slot;
mod split;
mod stopped;
