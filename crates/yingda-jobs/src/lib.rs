//! The queue runner: claim, lease, retry, and handlers of a few lines.
