//! One function per intention: access, transaction, outbox.
