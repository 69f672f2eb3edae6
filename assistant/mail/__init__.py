"""Sending the letters of the outbox by e-mail. Nothing leaves unless the operator set a mail server."""
