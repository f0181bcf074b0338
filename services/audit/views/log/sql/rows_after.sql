-- The rows of a partition from one place in its tree up to another, in order.
SELECT
    event_id, stream, version, wire_name, source, key,
    happened_at, recorded_at, principal, correlation_id, causation_id,
    partition, log_offset, leaf_index, headers, value, leaf_hash, case_count, case_chain, received_at
FROM public.audit_log
WHERE partition = $1 AND leaf_index >= $2 AND leaf_index < $3
ORDER BY leaf_index
LIMIT $4
