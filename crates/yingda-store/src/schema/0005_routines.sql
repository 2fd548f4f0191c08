-- Recurring work, its occurrences, and the word of the day on each open ticket.
CREATE TABLE routines (
  id {id}, process TEXT NOT NULL, code TEXT NOT NULL, label TEXT NOT NULL, body TEXT NOT NULL, active BIGINT NOT NULL,
  listed BIGINT NOT NULL, made_until BIGINT NOT NULL, created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL, updated_by BIGINT,
  version BIGINT NOT NULL, UNIQUE (process, code)
);
CREATE TABLE routine_work (
  id {id}, routine_id BIGINT NOT NULL REFERENCES routines (id), day TEXT NOT NULL, person_id BIGINT NOT NULL, label TEXT NOT NULL,
  opens_at BIGINT NOT NULL, due_at BIGINT NOT NULL, state TEXT NOT NULL, record TEXT NOT NULL, reason TEXT NOT NULL,
  done_by BIGINT, done_at BIGINT, read_by BIGINT, read_at BIGINT, mark TEXT NOT NULL, remark TEXT NOT NULL, version BIGINT NOT NULL,
  UNIQUE (routine_id, day, person_id)
);
CREATE INDEX routine_work_due ON routine_work (due_at) WHERE state = 'open';
CREATE INDEX routine_work_person ON routine_work (person_id, opens_at);
CREATE INDEX routine_work_opens ON routine_work (opens_at);
CREATE INDEX routine_work_unread ON routine_work (routine_id, id) WHERE state = 'submitted';
CREATE TABLE tracked (
  person_id BIGINT NOT NULL, day TEXT NOT NULL, ticket_id BIGINT NOT NULL, at BIGINT NOT NULL, note TEXT NOT NULL,
  obstacle TEXT NOT NULL, PRIMARY KEY (person_id, day, ticket_id)
);
CREATE INDEX tracked_ticket ON tracked (ticket_id, day);
