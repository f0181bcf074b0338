-- The checkpoints that audit signed, as signed notes, and where each was taken outside this database.
CREATE TABLE public.checkpoints (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL,
    note text NOT NULL
);

CREATE TABLE public.checkpoint_deliveries (
    number bigint NOT NULL REFERENCES public.checkpoints,
    means text NOT NULL CHECK (means IN ('folder', 'mail')),
    target text NOT NULL,
    delivered_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (number, means, target)
);

GRANT SELECT, INSERT ON public.checkpoints, public.checkpoint_deliveries TO redress_service;
GRANT SELECT ON public.checkpoints, public.checkpoint_deliveries TO redress_auditor;
