-- What a service must know of the server before it trusts it with events.
SELECT
    current_setting('server_version_num')::integer AS version,
    current_setting('fsync') AS fsync,
    current_setting('synchronous_commit') AS synchronous_commit
