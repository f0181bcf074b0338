-- Which of these events are kept already, and their leaves.
SELECT l.stream, l.version, l.leaf_hash
FROM unnest($1::text[], $2::bigint[]) AS w (stream, version)
INNER JOIN public.audit_log AS l ON l.stream = w.stream AND l.version = w.version
