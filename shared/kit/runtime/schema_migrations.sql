CREATE TABLE IF NOT EXISTS public.schema_migrations (
    package text NOT NULL,
    name text NOT NULL,
    checksum text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (package, name)
);
GRANT SELECT ON public.schema_migrations TO redress_service, redress_auditor;
