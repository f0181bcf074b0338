-- The version that each view's tables have.
SELECT name, version, tables FROM view_versions
