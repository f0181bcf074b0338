CREATE INDEX outbox_case_id_idx ON outbox (case_id, requested_at);
CREATE INDEX outbox_state_idx ON outbox (state, changed_at);
