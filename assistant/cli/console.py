"""Where the commands write: answers to standard output, everything else to standard error."""

from rich.console import Console

output = Console(highlight=False)
console = Console(stderr=True, highlight=False)
