"""The console's pages about the catalogue: lists, entries, editing, checks, health of offers."""
