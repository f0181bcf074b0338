-- How many leaves the tree of each partition has.
SELECT
    w.partition,
    coalesce((SELECT max(l.leaf_index) + 1 FROM public.audit_log AS l WHERE l.partition = w.partition), 0) AS size
FROM unnest($1::integer[]) AS w (partition)
