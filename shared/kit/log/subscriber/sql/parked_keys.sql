-- The parked keys of the schema that the search path leads to.
SELECT key FROM parked_keys ORDER BY key
