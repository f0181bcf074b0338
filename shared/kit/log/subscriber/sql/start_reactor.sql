-- Where a new reactor starts.
INSERT INTO reactor_starts (reactor, partition, off)
SELECT $1, n.partition, n.off FROM unnest($2::integer[], $3::bigint[]) AS n (partition, off)
