-- Moves positions from where they were expected.
UPDATE partition_positions AS p
SET off = n.off, fingerprint = n.fingerprint
FROM unnest($1::integer[], $2::bigint[], $3::bigint[], $4::text[]) AS n (partition, expected, off, fingerprint)
WHERE p.partition = n.partition AND p.off = n.expected
