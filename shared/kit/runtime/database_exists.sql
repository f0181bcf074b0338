SELECT true FROM pg_database WHERE datname = $1
