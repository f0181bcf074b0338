-- How many subtrees are stored of each partition, up to some sizes of the trees.
SELECT n.partition, count(*) AS number
FROM unnest($1::integer[], $2::bigint[]) AS w (partition, size)
INNER JOIN public.tree_nodes AS n ON n.partition = w.partition AND ((n.position + 1) << n.level) <= w.size
GROUP BY n.partition
