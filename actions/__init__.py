"""Rasa custom actions: flat, thin, no SQL. They weigh what a message means against what was said before."""
