-- The event that audit met at an offset.
SELECT stream, version FROM public.audit_log WHERE partition = $1 AND log_offset = $2
