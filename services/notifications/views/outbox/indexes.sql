CREATE INDEX outbox_key_idx ON outbox (key, requested_at);
CREATE INDEX outbox_state_idx ON outbox (state, changed_at);
