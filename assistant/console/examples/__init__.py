"""Pages of examples: proposed, approved, withdrawn, and what the proposed ones would change."""
