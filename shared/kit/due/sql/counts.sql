-- What is owed: in all, ripe now, more than a minute late, and parked.
SELECT
    count(*) FILTER (WHERE parked_at IS NULL) AS waiting,
    count(*) FILTER (WHERE parked_at IS NULL AND due_at <= clock_timestamp()) AS ripe,
    count(*) FILTER (WHERE parked_at IS NULL AND due_at < clock_timestamp() - interval '60 seconds') AS late,
    count(*) FILTER (WHERE parked_at IS NOT NULL) AS parked
FROM public.due_work
