-- Checkpoints of the last month that were not taken to a place yet, oldest first.
SELECT c.number, c.at, c.note
FROM public.checkpoints AS c
WHERE
    c.at > now() - interval '31 days'
    AND NOT EXISTS (
        SELECT FROM public.checkpoint_deliveries AS d
        WHERE d.number = c.number AND d.means = $1 AND d.target = $2
    )
ORDER BY c.number
