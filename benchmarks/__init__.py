"""Measurements. Never part of the tests: these machines are noisy, and only ratios within one run compare."""
