-- The stream and key that a reference names.
SELECT stream, key FROM public.case_references WHERE reference = $1
