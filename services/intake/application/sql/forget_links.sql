-- After an erasure nothing leads to the person any more.
DELETE FROM public.person_links WHERE person_id = $1
