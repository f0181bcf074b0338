-- Keeps subtrees that have become complete.
INSERT INTO public.tree_nodes (partition, level, position, hash)
SELECT n.partition, n.level, n.position, n.hash
FROM unnest($1::integer[], $2::smallint[], $3::bigint[], $4::bytea[]) AS n (partition, level, position, hash)
