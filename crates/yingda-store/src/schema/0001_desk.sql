CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE counters (name TEXT PRIMARY KEY, value BIGINT NOT NULL);

CREATE TABLE departments (
  id {id}, code TEXT NOT NULL UNIQUE, name TEXT NOT NULL, active BIGINT NOT NULL, version BIGINT NOT NULL
);
CREATE TABLE people (
  id {id}, login TEXT NOT NULL UNIQUE, name TEXT NOT NULL, department_id BIGINT NOT NULL REFERENCES departments (id),
  roles TEXT NOT NULL, active BIGINT NOT NULL, locale TEXT NOT NULL, theme TEXT NOT NULL, password_hash TEXT NOT NULL,
  created_at BIGINT NOT NULL, version BIGINT NOT NULL
);
CREATE INDEX people_department ON people (department_id);
CREATE TABLE sessions (
  id {id}, secret TEXT NOT NULL UNIQUE, person_id BIGINT NOT NULL REFERENCES people (id), created_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL, expires_at BIGINT NOT NULL, agent TEXT NOT NULL, address TEXT NOT NULL
);
CREATE INDEX sessions_person ON sessions (person_id);
CREATE INDEX sessions_expiry ON sessions (expires_at);
CREATE TABLE api_tokens (
  id {id}, secret TEXT NOT NULL UNIQUE, person_id BIGINT NOT NULL REFERENCES people (id), name TEXT NOT NULL,
  created_at BIGINT NOT NULL, used_at BIGINT
);
CREATE INDEX api_tokens_person ON api_tokens (person_id);
CREATE TABLE sign_in_links (
  secret TEXT PRIMARY KEY, person_id BIGINT NOT NULL REFERENCES people (id), expires_at BIGINT NOT NULL
);

CREATE TABLE definitions (
  id {id}, process TEXT NOT NULL, name TEXT NOT NULL, number TEXT NOT NULL, digest TEXT NOT NULL, source TEXT NOT NULL,
  current BIGINT NOT NULL, created_at BIGINT NOT NULL, UNIQUE (process, digest)
);
CREATE UNIQUE INDEX definitions_current ON definitions (process) WHERE current = 1;

CREATE TABLE customers (
  id {id}, name TEXT NOT NULL, industry TEXT NOT NULL, address TEXT NOT NULL, created_at BIGINT NOT NULL, version BIGINT NOT NULL
);
CREATE INDEX customers_name ON customers (name);
CREATE TABLE contacts (
  id {id}, customer_id BIGINT REFERENCES customers (id), name TEXT NOT NULL, phone TEXT NOT NULL, phone_norm TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX contacts_phone ON contacts (phone_norm, id);
CREATE INDEX contacts_customer ON contacts (customer_id);

CREATE TABLE tickets (
  id {id}, number TEXT NOT NULL UNIQUE, process TEXT NOT NULL, definition_id BIGINT NOT NULL REFERENCES definitions (id),
  state TEXT NOT NULL, step TEXT NOT NULL, priority BIGINT NOT NULL, channel TEXT NOT NULL,
  customer_id BIGINT REFERENCES customers (id), contact_id BIGINT REFERENCES contacts (id),
  customer_name TEXT NOT NULL, contact_name TEXT NOT NULL, phone TEXT NOT NULL, phone_norm TEXT NOT NULL,
  industry TEXT NOT NULL, address TEXT NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL, description TEXT NOT NULL,
  occurred_at TEXT NOT NULL, impact TEXT NOT NULL, wanted_by TEXT NOT NULL,
  lead_department_id BIGINT, department_id BIGINT, owner_id BIGINT NOT NULL, assignee_id BIGINT,
  progress TEXT NOT NULL, result TEXT NOT NULL, remark TEXT NOT NULL,
  rating TEXT NOT NULL, rating_satisfied BIGINT, rating_reason TEXT NOT NULL, rating_source TEXT NOT NULL,
  rounds BIGINT NOT NULL, event_record BIGINT NOT NULL, outcome TEXT NOT NULL,
  accepted_at BIGINT NOT NULL, responded_at BIGINT, solved_at BIGINT, confirmed_at BIGINT, closed_at BIGINT, archived_at BIGINT,
  due_at BIGINT, updated_at BIGINT NOT NULL, version BIGINT NOT NULL
);
CREATE INDEX tickets_state ON tickets (state, id);
CREATE INDEX tickets_phone ON tickets (phone_norm, id) WHERE phone_norm <> '';
CREATE INDEX tickets_customer ON tickets (customer_id, id) WHERE customer_id IS NOT NULL;
CREATE INDEX tickets_open_owner ON tickets (owner_id, id) WHERE closed_at IS NULL;
CREATE INDEX tickets_open_assignee ON tickets (assignee_id, id) WHERE closed_at IS NULL;
CREATE INDEX tickets_open_department ON tickets (department_id, id) WHERE closed_at IS NULL;
CREATE INDEX tickets_open_due ON tickets (COALESCE(due_at, 9223372036854775807), id) WHERE closed_at IS NULL;
CREATE INDEX tickets_open ON tickets (id) WHERE closed_at IS NULL;
CREATE INDEX tickets_accepted ON tickets (accepted_at, id);
CREATE INDEX tickets_closed ON tickets (closed_at, id) WHERE closed_at IS NOT NULL AND archived_at IS NULL;

CREATE TABLE instances (ticket_id {id}, body TEXT NOT NULL);
CREATE TABLE work_items (
  id {id}, ticket_id BIGINT NOT NULL, token BIGINT NOT NULL, step TEXT NOT NULL, label TEXT NOT NULL, kind TEXT NOT NULL,
  role TEXT NOT NULL, department_id BIGINT, since BIGINT NOT NULL, due_at BIGINT, UNIQUE (ticket_id, token)
);
CREATE INDEX work_items_department ON work_items (department_id, due_at) WHERE department_id IS NOT NULL;
CREATE TABLE ticket_departments (
  ticket_id BIGINT NOT NULL, department_id BIGINT NOT NULL, copied BIGINT NOT NULL, PRIMARY KEY (ticket_id, department_id)
);
CREATE INDEX ticket_departments_department ON ticket_departments (department_id, ticket_id);

CREATE TABLE events (
  id {id}, ticket_id BIGINT NOT NULL, at BIGINT NOT NULL, actor_id BIGINT, kind TEXT NOT NULL, body TEXT NOT NULL
);
CREATE INDEX events_ticket ON events (ticket_id, id);
CREATE TABLE messages (
  id {id}, ticket_id BIGINT NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL, channel TEXT NOT NULL, author_id BIGINT,
  at BIGINT NOT NULL, told_at BIGINT, told_by BIGINT
);
CREATE INDEX messages_ticket ON messages (ticket_id, id);
CREATE INDEX messages_untold ON messages (id) WHERE kind = 'to_customer' AND told_at IS NULL;
CREATE TABLE attachments (
  id {id}, ticket_id BIGINT, sheet_id BIGINT, name TEXT NOT NULL, media_type TEXT NOT NULL, size BIGINT NOT NULL,
  digest TEXT NOT NULL, uploaded_by BIGINT NOT NULL, at BIGINT NOT NULL, removed_at BIGINT
);
CREATE INDEX attachments_ticket ON attachments (ticket_id, id) WHERE ticket_id IS NOT NULL;
CREATE INDEX attachments_digest ON attachments (digest);

CREATE TABLE sheets (
  id {id}, number TEXT NOT NULL UNIQUE, ticket_id BIGINT NOT NULL, token BIGINT, from_person_id BIGINT NOT NULL,
  from_department_id BIGINT NOT NULL, to_department_id BIGINT NOT NULL, question TEXT NOT NULL, customer_matter TEXT NOT NULL,
  sent_at BIGINT NOT NULL, received_at BIGINT, received_by BIGINT, due_at BIGINT, limit_rule TEXT NOT NULL, answer TEXT NOT NULL,
  answered_by BIGINT, answered_at BIGINT, countersign_required BIGINT NOT NULL, countersigned_by BIGINT, countersigned_at BIGINT,
  state TEXT NOT NULL, version BIGINT NOT NULL
);
CREATE INDEX sheets_ticket ON sheets (ticket_id, id);
CREATE INDEX sheets_inbox ON sheets (to_department_id, state, id);
CREATE INDEX sheets_sent ON sheets (sent_at);
CREATE INDEX sheets_sender ON sheets (from_person_id, id) WHERE state IN ('sent', 'received');

CREATE TABLE answers (
  id {id}, question TEXT NOT NULL, answer TEXT NOT NULL, keywords TEXT NOT NULL, department_id BIGINT, state TEXT NOT NULL,
  source_id BIGINT UNIQUE, uses BIGINT NOT NULL, updated_at BIGINT NOT NULL, updated_by BIGINT NOT NULL, version BIGINT NOT NULL
);
CREATE INDEX answers_state ON answers (state, id);
CREATE TABLE answer_versions (
  answer_id BIGINT NOT NULL, version BIGINT NOT NULL, question TEXT NOT NULL, answer TEXT NOT NULL, keywords TEXT NOT NULL,
  state TEXT NOT NULL, at BIGINT NOT NULL, by_id BIGINT NOT NULL, PRIMARY KEY (answer_id, version)
);

CREATE TABLE saved_views (
  id {id}, person_id BIGINT NOT NULL REFERENCES people (id), name TEXT NOT NULL, query TEXT NOT NULL, UNIQUE (person_id, name)
);
CREATE TABLE idempotency_keys (
  person_id BIGINT NOT NULL, key TEXT NOT NULL, fingerprint TEXT NOT NULL, result TEXT NOT NULL, at BIGINT NOT NULL,
  PRIMARY KEY (person_id, key)
);
CREATE INDEX idempotency_age ON idempotency_keys (at);
CREATE TABLE jobs (
  id {id}, kind TEXT NOT NULL, key TEXT NOT NULL UNIQUE, payload TEXT NOT NULL, run_at BIGINT NOT NULL, attempts BIGINT NOT NULL,
  leased_until BIGINT, leased_by TEXT NOT NULL, last_error TEXT NOT NULL, failed_at BIGINT
);
CREATE INDEX jobs_ready ON jobs (run_at, id) WHERE failed_at IS NULL;

CREATE TABLE search_docs (
  id {id}, kind TEXT NOT NULL, ticket_id BIGINT, internal BIGINT NOT NULL {tokens}
);
CREATE INDEX search_docs_ticket ON search_docs (ticket_id) WHERE ticket_id IS NOT NULL;
{search};
