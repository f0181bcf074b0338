"""The use cases of the ombudsman service."""
