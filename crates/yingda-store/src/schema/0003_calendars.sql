CREATE TABLE calendars (
  code TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, body TEXT NOT NULL, version BIGINT NOT NULL, updated_at BIGINT NOT NULL,
  updated_by BIGINT REFERENCES people (id)
);
CREATE TABLE calendar_versions (
  code TEXT NOT NULL, version BIGINT NOT NULL, name TEXT NOT NULL, body TEXT NOT NULL, reason TEXT NOT NULL, removed BIGINT NOT NULL,
  at BIGINT NOT NULL, by_person BIGINT REFERENCES people (id), PRIMARY KEY (code, version)
);
