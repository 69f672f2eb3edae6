"""The ways in from the web: public API, page, health, metrics. app.py is the composition root."""
