"""The command line: one file a command, each prints what a function returned."""
