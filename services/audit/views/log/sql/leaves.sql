-- The hashes of leaves in ranges of a partition's tree, in order.
SELECT l.partition, l.leaf_index, l.leaf_hash
FROM unnest($1::integer[], $2::bigint[], $3::bigint[]) AS w (partition, first, past)
INNER JOIN public.audit_log AS l
    ON l.partition = w.partition AND l.leaf_index >= w.first AND l.leaf_index < w.past
ORDER BY l.partition, l.leaf_index
