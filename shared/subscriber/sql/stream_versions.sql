-- The last version applied of each of these streams.
SELECT stream, version FROM stream_positions WHERE stream = any($1::text[])
