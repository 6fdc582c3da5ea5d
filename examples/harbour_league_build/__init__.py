"""Build the sample case's files from its hand-written master. The program never imports this."""
