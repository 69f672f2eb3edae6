"""Messages of Slack and Teams: what came in and waits to be answered, what goes out, and whose place is whose."""
