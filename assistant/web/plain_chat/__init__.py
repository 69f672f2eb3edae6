"""/chat: the same conversation as plain HTML forms, for browsers without JavaScript."""
