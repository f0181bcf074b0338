SELECT true FROM pg_roles WHERE rolname = $1
