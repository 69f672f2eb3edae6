"""What can be answered: offers, people, topics. May import matching and db."""
