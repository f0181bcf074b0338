-- Begins a new epoch, so that whoever relayed before can save nothing more.
INSERT INTO public.relay_state AS state (service, epoch) VALUES ($1, 1)
ON CONFLICT (service) DO UPDATE SET epoch = state.epoch + 1
RETURNING epoch, transaction_id, notification_id, cluster_id, acknowledged
