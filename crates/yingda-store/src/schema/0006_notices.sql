-- What people are told when a limit runs short or somebody says so (R-138), and whom it was brought before.
CREATE TABLE notices (
  id {id}, key TEXT NOT NULL UNIQUE, ticket_id BIGINT, clock_id BIGINT, kind TEXT NOT NULL, level BIGINT NOT NULL,
  trigger_id TEXT NOT NULL, label TEXT NOT NULL, about TEXT NOT NULL, note TEXT NOT NULL, proposal TEXT NOT NULL,
  urgent BIGINT NOT NULL, at BIGINT NOT NULL, raised_by BIGINT, tried TEXT NOT NULL, awaits BIGINT NOT NULL,
  outcome_how TEXT NOT NULL, outcome TEXT NOT NULL, outcome_by BIGINT, outcome_at BIGINT, version BIGINT NOT NULL
);
CREATE INDEX notices_ticket ON notices (ticket_id, id) WHERE ticket_id IS NOT NULL;
CREATE INDEX notices_awaiting ON notices (id) WHERE awaits = 1;
CREATE INDEX notices_kind ON notices (kind, id);
CREATE TABLE notice_recipients (
  notice_id BIGINT NOT NULL, person_id BIGINT NOT NULL, chosen TEXT NOT NULL, deliver_at BIGINT NOT NULL, sent_at BIGINT,
  read_at BIGINT, PRIMARY KEY (notice_id, person_id)
);
CREATE INDEX notice_recipients_person ON notice_recipients (person_id, notice_id);
CREATE INDEX notice_recipients_unread ON notice_recipients (person_id, deliver_at) WHERE read_at IS NULL;
CREATE INDEX notice_recipients_unsent ON notice_recipients (deliver_at) WHERE sent_at IS NULL;
