-- Another log: these partitions are read from their beginning. What stream positions say stays true.
UPDATE partition_positions AS p
SET off = 0, fingerprint = NULL, first_record = NULL
FROM unnest($1::integer[], $2::bigint[]) AS n (partition, expected)
WHERE p.partition = n.partition AND p.off = n.expected
