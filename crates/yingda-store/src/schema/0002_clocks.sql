CREATE TABLE clocks (
  id {id}, ticket_id BIGINT NOT NULL, sheet_id BIGINT, process TEXT NOT NULL, rule TEXT NOT NULL, label TEXT NOT NULL, round BIGINT NOT NULL,
  calendar TEXT NOT NULL, target TEXT NOT NULL, extra TEXT NOT NULL, planned TEXT NOT NULL, department_id BIGINT, person_id BIGINT,
  started_at BIGINT NOT NULL, stopped_at BIGINT, stopped_by TEXT NOT NULL, due_at BIGINT, next_at BIGINT, rung BIGINT NOT NULL,
  chain BIGINT NOT NULL, breached_at BIGINT, outcome TEXT NOT NULL, set_by BIGINT, set_reason TEXT NOT NULL
);
CREATE INDEX clocks_ticket ON clocks (ticket_id, id);
CREATE INDEX clocks_next ON clocks (next_at, id) WHERE next_at IS NOT NULL;
CREATE INDEX clocks_going ON clocks (id) WHERE stopped_at IS NULL;
CREATE INDEX clocks_breached ON clocks (breached_at, id) WHERE breached_at IS NOT NULL;
CREATE INDEX clocks_stopped ON clocks (stopped_at, id) WHERE stopped_at IS NOT NULL;
CREATE TABLE clock_pauses (
  id {id}, clock_id BIGINT NOT NULL, ticket_id BIGINT NOT NULL, from_at BIGINT NOT NULL, to_at BIGINT, reason TEXT NOT NULL, label TEXT NOT NULL,
  note TEXT NOT NULL, by_id BIGINT, ended_by BIGINT
);
CREATE INDEX clock_pauses_clock ON clock_pauses (clock_id, id);
CREATE INDEX clock_pauses_ticket ON clock_pauses (ticket_id, id);
CREATE TABLE policies (
  id {id}, process TEXT NOT NULL, body TEXT NOT NULL, reason TEXT NOT NULL, at BIGINT NOT NULL, by_id BIGINT NOT NULL
);
CREATE INDEX policies_process ON policies (process, id);
