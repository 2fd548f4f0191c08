//! The crate from outside: S03's form in every dress, every fault, damaged files, and a real export.

#[cfg(test)]
mod broken;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod form;
#[cfg(test)]
mod nyc311;
#[cfg(test)]
mod support;
