//! One binary for all tests through the public door, so that they are linked once.

mod chinese;
mod dst;
mod explain;
mod faults;
mod office;
mod properties;
mod random;
mod walker;
