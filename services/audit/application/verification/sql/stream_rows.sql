-- Audit's rows of a stream.
SELECT
    event_id, stream, version, wire_name, source, key,
    happened_at, recorded_at, principal, correlation_id, causation_id,
    partition, log_offset, leaf_index, headers, value, leaf_hash, case_count, case_chain, received_at
FROM public.audit_log
WHERE stream = $1
ORDER BY version
