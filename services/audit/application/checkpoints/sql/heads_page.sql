-- The heads of up to $3 cases after one, as they stood when the tree of each partition had the sizes $4. A case that
-- had no event yet has no head. Hops from case to case along the index, however many events each has.
WITH RECURSIVE places AS (
    (
        SELECT l.key, l.partition
        FROM public.audit_log AS l
        WHERE (l.key, l.partition) > ($1::uuid, $2::integer)
        ORDER BY l.key, l.partition
        LIMIT 1
    )
    UNION ALL
    SELECT following.key, following.partition
    FROM places
    CROSS JOIN LATERAL (
        SELECT l.key, l.partition
        FROM public.audit_log AS l
        WHERE (l.key, l.partition) > (places.key, places.partition)
        ORDER BY l.key, l.partition
        LIMIT 1
    ) AS following
),

page AS (SELECT key, partition FROM places LIMIT $3)

SELECT page.key, page.partition, head.case_count, head.case_chain
FROM page
LEFT JOIN LATERAL (
    SELECT l.case_count, l.case_chain
    FROM public.audit_log AS l
    WHERE
        l.key = page.key
        AND l.partition = page.partition
        AND l.leaf_index < ($4::bigint [])[page.partition + 1]
    ORDER BY l.case_count DESC
    LIMIT 1
) AS head ON true
