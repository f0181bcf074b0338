"""The rules of intake, pure: cases, contacts without a case, people, units."""
