-- Where every partition stands.
SELECT partition, off FROM partition_positions ORDER BY partition
