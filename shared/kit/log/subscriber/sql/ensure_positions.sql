-- A row for each partition, at its beginning unless it is there already.
INSERT INTO partition_positions (partition) SELECT unnest($1::integer[]) ON CONFLICT DO NOTHING
