CREATE TABLE quarantine (
    contact_id uuid PRIMARY KEY,
    standing text,
    adapter text,
    sender text,
    sender_message_id text,
    code text,
    pointer text,
    received_at timestamptz,
    reference text,
    reason text
);
CREATE INDEX quarantine_order_idx ON quarantine (received_at DESC, contact_id DESC);
