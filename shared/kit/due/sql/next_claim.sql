-- How many seconds until the next row is ripe; null when there is none.
SELECT extract(EPOCH FROM min(claim_at) - clock_timestamp())::double precision AS seconds
FROM public.due_work
WHERE parked_at IS NULL
