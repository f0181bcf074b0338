-- Whether facts of this case were read and not yet handed to its clocks: a timer waits for them.
SELECT EXISTS (
    SELECT FROM public.due_work
    WHERE key = $1 AND command <> ALL ($2::text[]) AND due_at <= clock_timestamp()
)
