-- The database's time, and a transaction id given out after it: whatever was recorded before that time belongs to
-- a lower one, for an append takes its id before it looks at the clock.
SELECT statement_timestamp() AS at, pg_current_xact_id() AS transaction_id
