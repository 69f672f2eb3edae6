"""Microsoft Teams: what arrives, how it is answered, and what it looks like there."""
