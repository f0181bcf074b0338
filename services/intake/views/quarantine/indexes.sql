CREATE INDEX quarantine_order_idx ON quarantine (received_at DESC, contact_id DESC);
