-- Stored subtrees by their place.
SELECT n.partition, n.level, n.position, n.hash
FROM unnest($1::integer[], $2::smallint[], $3::bigint[]) AS w (partition, level, position)
INNER JOIN public.tree_nodes AS n
    ON n.partition = w.partition AND n.level = w.level AND n.position = w.position
