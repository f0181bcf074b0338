-- Saves how far the log has acknowledged, unless another relay has taken over.
UPDATE public.relay_state
SET transaction_id = $3, notification_id = $4, cluster_id = $5, acknowledged = $6
WHERE service = $1 AND epoch = $2
RETURNING epoch
