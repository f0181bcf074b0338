-- The columns of a schema's tables, by name.
SELECT table_name AS name, array_agg(column_name::text ORDER BY column_name) AS columns
FROM information_schema.columns
WHERE table_schema = $1
GROUP BY table_name
