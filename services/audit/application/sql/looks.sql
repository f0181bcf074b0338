-- Looks at a case and refusals in one service, the latest first, from before a moment and number on.
SELECT a.number, a.at, a.principal, a.what, a.refused
FROM public.access_log AS a
WHERE
    a.key = $1
    AND ($2::timestamptz IS NULL OR (a.at, a.number) < ($2, $3))
ORDER BY a.at DESC, a.number DESC
LIMIT $4
