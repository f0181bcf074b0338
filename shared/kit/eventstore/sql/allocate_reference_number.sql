-- The next number of a year, in a transaction of its own: a number that is not used after all leaves a gap.
INSERT INTO public.reference_counters AS counter (year, number)
VALUES ($1, 1)
ON CONFLICT (year) DO UPDATE SET number = counter.number + 1
RETURNING number
