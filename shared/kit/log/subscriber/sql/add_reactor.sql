-- A new reactor.
INSERT INTO reactors (name, from_beginning) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING name
