"""Train, evaluate, compare, promote, roll back. Imports rasa only to train."""
