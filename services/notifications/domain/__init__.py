"""The rules of notifications, pure: one message and its attempts, what a letter is, and when none may leave."""
