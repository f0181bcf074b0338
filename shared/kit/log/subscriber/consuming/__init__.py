"""A member of a consumer group: what it is assigned, where it resumes, what it hands to be folded."""
