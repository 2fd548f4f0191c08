//! Working-time arithmetic: calendars, due times, elapsed time, and the explanation of each.
