-- Where these partitions stand.
SELECT partition, off, fingerprint, cluster_id FROM partition_positions WHERE partition = any($1::integer[])
