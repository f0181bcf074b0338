-- Keeps events as they were received.
INSERT INTO public.audit_log (
    partition, leaf_index, log_offset, sent_at, was_set_aside, stream, version, key, event_id, wire_name, source,
    happened_at, recorded_at, principal, correlation_id, causation_id, headers, value, leaf_hash, case_count,
    case_chain
)
SELECT
    e.partition, e.leaf_index, e.log_offset, e.sent_at, e.was_set_aside, e.stream, e.version, e.key, e.event_id,
    e.wire_name, e.source, e.happened_at, e.recorded_at, e.principal, e.correlation_id, e.causation_id, e.headers,
    e.value, e.leaf_hash, e.case_count, e.case_chain
FROM unnest(
    $1::integer[], $2::bigint[], $3::bigint[], $4::bigint[], $5::boolean[], $6::text[], $7::bigint[], $8::uuid[],
    $9::uuid[], $10::text[], $11::text[], $12::timestamptz[], $13::timestamptz[], $14::text[], $15::uuid[],
    $16::uuid[], $17::bytea[], $18::bytea[], $19::bytea[], $20::bigint[], $21::bytea[]
) AS e (
    partition, leaf_index, log_offset, sent_at, was_set_aside, stream, version, key, event_id, wire_name, source,
    happened_at, recorded_at, principal, correlation_id, causation_id, headers, value, leaf_hash, case_count,
    case_chain
)
