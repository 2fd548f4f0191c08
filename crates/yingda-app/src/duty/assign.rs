//! Work goes to whoever is on duty: by the department's rule when a ticket comes to it with nobody named.
