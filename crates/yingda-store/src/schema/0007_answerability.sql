-- Who answers for a limit: overdue statements with every version, requests for more time, urgings, offers of a first receiver's place.
CREATE TABLE overdue_statements (
  id {id}, ticket_id BIGINT NOT NULL, clock_id BIGINT NOT NULL, chain BIGINT NOT NULL, label TEXT NOT NULL, breached_at BIGINT NOT NULL,
  person_id BIGINT, department_id BIGINT, state TEXT NOT NULL, cause TEXT NOT NULL, account TEXT NOT NULL, improvement TEXT NOT NULL,
  written_by BIGINT, written_at BIGINT, note TEXT NOT NULL, reviewed_by BIGINT, reviewed_at BIGINT, rounds BIGINT NOT NULL,
  version BIGINT NOT NULL, UNIQUE (clock_id, chain)
);
CREATE INDEX overdue_statements_ticket ON overdue_statements (ticket_id, id);
CREATE INDEX overdue_statements_open ON overdue_statements (state, id) WHERE state IN ('due', 'submitted', 'returned');
CREATE INDEX overdue_statements_person ON overdue_statements (person_id, id) WHERE state IN ('due', 'returned');
CREATE INDEX overdue_statements_breached ON overdue_statements (breached_at, id);
CREATE TABLE overdue_versions (
  statement_id BIGINT NOT NULL, round BIGINT NOT NULL, cause TEXT NOT NULL, account TEXT NOT NULL, improvement TEXT NOT NULL,
  by_id BIGINT NOT NULL, at BIGINT NOT NULL, verdict TEXT NOT NULL, note TEXT NOT NULL, reviewed_by BIGINT, reviewed_at BIGINT,
  PRIMARY KEY (statement_id, round)
);
CREATE TABLE extension_requests (
  id {id}, ticket_id BIGINT NOT NULL, clock_id BIGINT NOT NULL, label TEXT NOT NULL, kind TEXT NOT NULL, amount BIGINT NOT NULL,
  unit TEXT NOT NULL, reason TEXT NOT NULL, by_id BIGINT NOT NULL, at BIGINT NOT NULL, due_at BIGINT, state TEXT NOT NULL, granted BIGINT,
  note TEXT NOT NULL, decided_by BIGINT, decided_at BIGINT, due_after BIGINT, version BIGINT NOT NULL
);
CREATE INDEX extension_requests_ticket ON extension_requests (ticket_id, id);
CREATE INDEX extension_requests_by ON extension_requests (by_id, id);
CREATE UNIQUE INDEX extension_requests_clock ON extension_requests (clock_id) WHERE state = 'open';
CREATE INDEX extension_requests_open ON extension_requests (id) WHERE state = 'open';
CREATE TABLE urges (
  id {id}, ticket_id BIGINT NOT NULL, source TEXT NOT NULL, channel TEXT NOT NULL, words TEXT NOT NULL, by_id BIGINT NOT NULL, at BIGINT NOT NULL
);
CREATE INDEX urges_ticket ON urges (ticket_id, id);
CREATE TABLE owner_offers (
  id {id}, ticket_id BIGINT NOT NULL, from_id BIGINT NOT NULL, to_id BIGINT NOT NULL, by_id BIGINT NOT NULL, reason TEXT NOT NULL,
  at BIGINT NOT NULL, state TEXT NOT NULL, note TEXT NOT NULL, answered_at BIGINT, version BIGINT NOT NULL
);
CREATE INDEX owner_offers_all ON owner_offers (ticket_id, id);
CREATE UNIQUE INDEX owner_offers_ticket ON owner_offers (ticket_id) WHERE state = 'open';
CREATE INDEX owner_offers_to ON owner_offers (to_id, id) WHERE state = 'open';
CREATE INDEX owner_offers_from ON owner_offers (from_id, id) WHERE state = 'open';
CREATE INDEX owner_offers_by ON owner_offers (by_id, id) WHERE state = 'open';
