-- Raises alarms; the same record raises its own once.
INSERT INTO public.alarms (
    kind, stream, version, event_id, partition, log_offset, headers, value, leaf_hash
)
SELECT a.kind, a.stream, a.version, a.event_id, a.partition, a.log_offset, a.headers, a.value, a.leaf_hash
FROM unnest(
    $1::text[], $2::text[], $3::bigint[], $4::uuid[], $5::integer[], $6::bigint[], $7::bytea[], $8::bytea[],
    $9::bytea[]
) AS a (kind, stream, version, event_id, partition, log_offset, headers, value, leaf_hash)
ON CONFLICT DO NOTHING
