"""The member enquiry assistant. Rooms by subject; who may import whom stands in pyproject.toml (import-linter)."""
