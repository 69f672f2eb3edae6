"""Whether the gate stops a poisoned training set, and lets harmless candidates through."""
