-- How far a service's relay has published.
SELECT transaction_id, notification_id, acknowledged::text AS acknowledged
FROM public.relay_state
WHERE service = $1
