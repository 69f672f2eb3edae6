"""Understanding a message: encoder, linker, decision, safety rules. Plain Python: no Rasa, no database."""
