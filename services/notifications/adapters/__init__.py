"""Ways in which a message leaves."""
