//! The process language as its users meet it: the check, the forms, the engine, the shipped procedures.

#[cfg(test)]
mod clocks;
#[cfg(test)]
mod desk;
#[cfg(test)]
mod engine;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod forms;
#[cfg(test)]
mod limits;
#[cfg(test)]
mod routines;
#[cfg(test)]
mod shipped;
#[cfg(test)]
mod shipped_clocks;
#[cfg(test)]
mod walks;
#[cfg(test)]
mod wild;
