"""Track: the line, its interval, whether it turned, and the words that may be said of it."""
