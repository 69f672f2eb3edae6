"""Understanding, measured on labelled questions of any bot, ours beside others: `assistant benchmark --help`."""
