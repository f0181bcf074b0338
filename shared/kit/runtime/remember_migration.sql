INSERT INTO public.schema_migrations (package, name, checksum) VALUES ($1, $2, $3)
