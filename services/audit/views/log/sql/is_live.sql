-- Whether the live views are being written, and not some that are rebuilt beside them.
SELECT coalesce(current_schema() = 'views', false)
