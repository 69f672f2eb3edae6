"""Pages below a group: decide on it, teach from it, answer its askers, and look back at what was decided."""
