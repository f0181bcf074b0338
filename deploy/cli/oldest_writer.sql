SELECT pid, application_name, datname, extract(epoch FROM now() - xact_start)::float8 AS seconds
FROM pg_stat_activity
WHERE backend_xid IS NOT NULL AND xact_start < now() - interval '5 seconds'
ORDER BY xact_start
LIMIT 1
