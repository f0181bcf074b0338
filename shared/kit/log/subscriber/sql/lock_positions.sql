-- Holds the position of these partitions until the end of the transaction; in one order, so that nobody deadlocks.
SELECT partition, off FROM partition_positions WHERE partition = any($1::integer[]) ORDER BY partition FOR UPDATE
