-- The names of events by the places of their leaves.
SELECT l.stream, l.version
FROM unnest($1::integer[], $2::bigint[]) AS w (partition, leaf_index)
INNER JOIN public.audit_log AS l ON l.partition = w.partition AND l.leaf_index = w.leaf_index
