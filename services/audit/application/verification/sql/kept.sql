-- What audit keeps of these events: where, and the hash of the leaf.
SELECT l.stream, l.version, l.partition, l.leaf_index, l.log_offset, l.sent_at, l.was_set_aside, l.leaf_hash
FROM unnest($1::text[], $2::bigint[]) AS w (stream, version)
INNER JOIN public.audit_log AS l ON l.stream = w.stream AND l.version = w.version
