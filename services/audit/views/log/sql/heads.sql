-- The heads of cases, each in one partition.
SELECT l.key, l.partition, l.case_count, l.case_chain
FROM unnest($1::uuid[], $2::integer[]) AS w (key, partition)
INNER JOIN LATERAL (
    SELECT e.key, e.partition, e.case_count, e.case_chain
    FROM public.audit_log AS e
    WHERE e.key = w.key AND e.partition = w.partition
    ORDER BY e.case_count DESC
    LIMIT 1
) AS l ON true
