"""Rasa graph components and importer, thin over matching. Imports rasa; only the importer reads the database."""
