//! The only SQL: schema, queries, search index, job table, on SQLite and PostgreSQL.
