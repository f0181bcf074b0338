-- Where every partition stands.
SELECT partition, off, first_record FROM partition_positions ORDER BY partition
