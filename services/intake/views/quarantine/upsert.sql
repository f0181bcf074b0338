-- Writes what a batch changes of the messages it touches; columns that aren't named stay as they are.
INSERT INTO quarantine
SELECT (jsonb_populate_record(known, patch.columns::jsonb || jsonb_build_object('contact_id', patch.contact_id))).*
FROM unnest($1::uuid[], $2::text[]) AS patch (contact_id, columns)
LEFT JOIN quarantine AS known ON known.contact_id = patch.contact_id
ON CONFLICT (contact_id) DO UPDATE SET
    standing = excluded.standing,
    adapter = excluded.adapter,
    sender = excluded.sender,
    sender_message_id = excluded.sender_message_id,
    code = excluded.code,
    pointer = excluded.pointer,
    received_at = excluded.received_at,
    reference = excluded.reference,
    reason = excluded.reason
