"""The review loop: group what went unanswered, decide on it, answer its askers, see what it teaches. Knows no pages."""
