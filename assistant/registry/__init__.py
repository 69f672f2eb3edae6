"""Which models there are, which one is live, and the runs that make and judge them. Imports no Rasa."""
