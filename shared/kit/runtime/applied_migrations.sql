SELECT package, name, checksum FROM public.schema_migrations
