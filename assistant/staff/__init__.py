"""Who works in the console: accounts, signing in, sessions, roles, and the record of their acts. Knows no pages."""
