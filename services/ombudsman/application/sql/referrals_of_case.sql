SELECT stream
FROM public.case_references
WHERE key = $1
ORDER BY reference
