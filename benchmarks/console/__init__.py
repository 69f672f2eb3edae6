"""How quick the staff console is when very many have asked."""
