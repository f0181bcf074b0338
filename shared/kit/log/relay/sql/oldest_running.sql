-- Every transaction below this one has ended; what it committed can be read.
SELECT pg_snapshot_xmin(pg_current_snapshot())
