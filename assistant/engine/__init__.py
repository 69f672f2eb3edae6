"""Rasa, embedded: lean imports, processor, actions in-process, tracker store.

Only this room, `nlu` and (to train) `learning` import rasa; call `lean.install()` before any of them.
"""
