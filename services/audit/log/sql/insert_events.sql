-- Keeps events as they were received.
INSERT INTO public.audit_log (
    partition, leaf_index, log_offset, stream, version, key, event_id, wire_name, source, happened_at, recorded_at,
    principal, correlation_id, causation_id, headers, value, leaf_hash, case_count, case_chain
)
SELECT
    e.partition, e.leaf_index, e.log_offset, e.stream, e.version, e.key, e.event_id, e.wire_name, e.source,
    e.happened_at, e.recorded_at, e.principal, e.correlation_id, e.causation_id, e.headers, e.value, e.leaf_hash,
    e.case_count, e.case_chain
FROM unnest(
    $1::integer[], $2::bigint[], $3::bigint[], $4::text[], $5::bigint[], $6::uuid[], $7::uuid[], $8::text[],
    $9::text[], $10::timestamptz[], $11::timestamptz[], $12::text[], $13::uuid[], $14::uuid[], $15::bytea[],
    $16::bytea[], $17::bytea[], $18::bigint[], $19::bytea[]
) AS e (
    partition, leaf_index, log_offset, stream, version, key, event_id, wire_name, source, happened_at, recorded_at,
    principal, correlation_id, causation_id, headers, value, leaf_hash, case_count, case_chain
)
