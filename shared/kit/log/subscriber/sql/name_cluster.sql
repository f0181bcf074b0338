-- Which cluster these partitions are read from.
UPDATE partition_positions SET cluster_id = $2
WHERE partition = any($1::integer[]) AND cluster_id IS DISTINCT FROM $2
