-- A view's tables have this version now.
INSERT INTO view_versions (name, version, tables) VALUES ($1, $2, $3)
ON CONFLICT (name) DO UPDATE SET version = excluded.version, tables = excluded.tables
