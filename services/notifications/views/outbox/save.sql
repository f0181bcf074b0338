INSERT INTO outbox
SELECT r.*
FROM jsonb_populate_recordset(null::outbox, $1::text::jsonb) AS r
ON CONFLICT (notification) DO UPDATE SET
    version = excluded.version,
    state = excluded.state,
    attempts = excluded.attempts,
    changed_at = excluded.changed_at,
    sent_on = excluded.sent_on,
    sent_at = excluded.sent_at,
    try_again_at = excluded.try_again_at,
    ground = excluded.ground,
    code = excluded.code,
    answer = excluded.answer,
    arrived = excluded.arrived
