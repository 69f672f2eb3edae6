"""Ask the desk questions whose answers are known, judge the replies, and report. Imports the engine, never rasa."""
