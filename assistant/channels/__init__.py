"""Slack and Teams: a message is proved genuine, written into the inbox, acknowledged, and answered through the outbox.

The only room that knows either vendor. `assistant.web.app` mounts it.
"""
