"""Judging: a candidate and the live model are asked the same, and the one must not be worse than the other."""
