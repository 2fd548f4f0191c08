CREATE TABLE duty_shifts (
  id {id}, department_id BIGINT NOT NULL REFERENCES departments (id), code TEXT NOT NULL, name TEXT NOT NULL,
  from_minute BIGINT NOT NULL, to_minute BIGINT NOT NULL, least BIGINT NOT NULL, skill TEXT NOT NULL, night BIGINT NOT NULL,
  held TEXT NOT NULL, active BIGINT NOT NULL, version BIGINT NOT NULL, UNIQUE (department_id, code)
);
CREATE TABLE duty_rules (
  department_id BIGINT PRIMARY KEY, assigning TEXT NOT NULL, after_hours TEXT NOT NULL, after_department_id BIGINT,
  cover_from BIGINT, cover_to BIGINT, rest_minutes BIGINT NOT NULL, last_person_id BIGINT, version BIGINT NOT NULL
);
CREATE TABLE duty_skills (
  person_id BIGINT NOT NULL REFERENCES people (id), word TEXT NOT NULL, since TEXT NOT NULL, until TEXT, note TEXT NOT NULL,
  by_id BIGINT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (person_id, word)
);
CREATE TABLE duty_turns (
  id {id}, department_id BIGINT NOT NULL, shift_id BIGINT NOT NULL REFERENCES duty_shifts (id),
  person_id BIGINT NOT NULL REFERENCES people (id), day TEXT NOT NULL, from_at BIGINT NOT NULL, to_at BIGINT NOT NULL,
  state TEXT NOT NULL, origin TEXT NOT NULL, replaces_id BIGINT, signed_in_at BIGINT, signed_out_at BIGINT,
  absent BIGINT NOT NULL, note TEXT NOT NULL, version BIGINT NOT NULL, UNIQUE (shift_id, day, person_id)
);
CREATE INDEX duty_turns_department ON duty_turns (department_id, day);
CREATE INDEX duty_turns_person ON duty_turns (person_id, to_at);
CREATE INDEX duty_turns_current ON duty_turns (department_id, to_at) WHERE state = 'published' AND absent = 0;
CREATE TABLE duty_leaves (
  id {id}, person_id BIGINT NOT NULL REFERENCES people (id), from_at BIGINT NOT NULL, to_at BIGINT NOT NULL, kind TEXT NOT NULL,
  reason TEXT NOT NULL, state TEXT NOT NULL, asked_by BIGINT NOT NULL, asked_at BIGINT NOT NULL, decided_by BIGINT,
  decided_at BIGINT, version BIGINT NOT NULL
);
CREATE INDEX duty_leaves_person ON duty_leaves (person_id, to_at) WHERE state IN ('open', 'approved');
CREATE TABLE duty_swaps (
  id {id}, department_id BIGINT NOT NULL, turn_id BIGINT NOT NULL, other_turn_id BIGINT, from_person_id BIGINT NOT NULL,
  to_person_id BIGINT NOT NULL, reason TEXT NOT NULL, state TEXT NOT NULL, asked_at BIGINT NOT NULL, answered_at BIGINT,
  decided_by BIGINT, decided_at BIGINT, version BIGINT NOT NULL
);
CREATE INDEX duty_swaps_open ON duty_swaps (department_id, id) WHERE state IN ('open', 'agreed');
CREATE UNIQUE INDEX duty_swaps_turn ON duty_swaps (turn_id) WHERE state IN ('open', 'agreed');
CREATE TABLE duty_log (
  id {id}, department_id BIGINT NOT NULL, person_id BIGINT, other_id BIGINT, at BIGINT NOT NULL, actor_id BIGINT,
  kind TEXT NOT NULL, body TEXT NOT NULL
);
CREATE INDEX duty_log_department ON duty_log (department_id, id);
CREATE INDEX duty_log_person ON duty_log (person_id, id) WHERE person_id IS NOT NULL;
CREATE INDEX duty_log_other ON duty_log (other_id, id) WHERE other_id IS NOT NULL;

CREATE TABLE handovers (
  id {id}, department_id BIGINT NOT NULL, shift_id BIGINT NOT NULL REFERENCES duty_shifts (id), day TEXT NOT NULL,
  from_at BIGINT NOT NULL, to_at BIGINT NOT NULL, night BIGINT NOT NULL, outgoing TEXT NOT NULL, key_points TEXT NOT NULL,
  needs TEXT NOT NULL, unfinished TEXT NOT NULL, summary TEXT NOT NULL, experiences TEXT NOT NULL, problems TEXT NOT NULL,
  state TEXT NOT NULL, drawn_at BIGINT NOT NULL, handed_by BIGINT, handed_at BIGINT, taken_by BIGINT, taken_at BIGINT,
  read_by BIGINT, read_at BIGINT, version BIGINT NOT NULL, UNIQUE (shift_id, day)
);
CREATE INDEX handovers_department ON handovers (department_id, id);
CREATE INDEX handovers_unread ON handovers (department_id, id) WHERE night = 1 AND read_at IS NULL AND handed_at IS NOT NULL;
CREATE TABLE handover_tickets (
  handover_id BIGINT NOT NULL, ticket_id BIGINT NOT NULL, number TEXT NOT NULL, subject TEXT NOT NULL, step TEXT NOT NULL,
  priority BIGINT NOT NULL, due_at BIGINT, from_person_id BIGINT NOT NULL, flagged BIGINT NOT NULL, stays BIGINT NOT NULL,
  note TEXT NOT NULL, to_person_id BIGINT, PRIMARY KEY (handover_id, ticket_id)
);
CREATE INDEX handover_tickets_ticket ON handover_tickets (ticket_id);
