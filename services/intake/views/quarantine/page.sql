-- One page of messages, the latest first; a standing of null lets every one through.
SELECT contact_id, standing, adapter, sender, sender_message_id, code, pointer, received_at, reference, reason
FROM views.quarantine
WHERE
    ($1::text IS NULL OR standing = $1)
    AND ($2::timestamptz IS NULL OR (received_at, contact_id) < ($2::timestamptz, $3::uuid))
ORDER BY received_at DESC, contact_id DESC
LIMIT $4
