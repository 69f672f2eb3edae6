"""The queue's pages: the list of groups, one group, and the words that an asker let us keep."""
