-- A message. `state` is the decider's word; recipient, subject and text stay sealed.
CREATE TABLE outbox (
    notification uuid PRIMARY KEY,
    key uuid NOT NULL,
    version bigint NOT NULL,
    reference text,
    state text NOT NULL,
    purpose text NOT NULL,
    audience text NOT NULL,
    stage text,
    clock text,
    occurrence integer,
    rung text,
    recipient uuid,
    address jsonb,
    subject jsonb,
    body jsonb,
    message_id text NOT NULL,
    attempts integer NOT NULL,
    requested_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL,
    sent_on date,
    sent_at timestamptz,
    try_again_at timestamptz,
    ground text,
    code integer,
    answer text,
    arrived boolean
);

CREATE INDEX outbox_key_idx ON outbox (key, requested_at);
CREATE INDEX outbox_state_idx ON outbox (state, changed_at);
