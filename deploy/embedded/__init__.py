"""A real PostgreSQL, a real Apache Kafka and an SMTP mailbox, started from wheels and jars on one machine."""
