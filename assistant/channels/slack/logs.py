"""The log of Slack's libraries. It names what went wrong and where, and never what was said, who said it or a token."""

import logging
import sys


class Wordless(logging.Filter):
    """Leaves of a record where it was written and the type of its error. What they say may hold anything."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep the record, without its words."""
        error = record.exc_info[0] if record.exc_info else sys.exc_info()[0]
        record.msg = "Slack's library, %s in %s: %s"
        record.args = (record.funcName, record.module, error.__name__ if error else "no error")
        record.exc_info = record.exc_text = record.stack_info = None
        return True


def library_log() -> logging.Logger:
    """The logger to give to Slack's libraries: warnings and above."""
    logger = logging.getLogger("assistant.channels.slack.library")
    logger.setLevel(logging.WARNING)  # below, whole messages are logged
    if not logger.filters:
        logger.addFilter(Wordless())
    return logger
