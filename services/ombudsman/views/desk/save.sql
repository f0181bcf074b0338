INSERT INTO desk
SELECT r.*
FROM jsonb_populate_recordset(null::desk, $1::text::jsonb) AS r
ON CONFLICT (referral) DO UPDATE SET
    enquiries = excluded.enquiries,
    waiting = excluded.waiting,
    waiting_since = excluded.waiting_since,
    decided_on = excluded.decided_on,
    outcome = excluded.outcome
