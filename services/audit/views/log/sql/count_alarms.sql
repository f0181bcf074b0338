SELECT count(*) FROM public.alarms
