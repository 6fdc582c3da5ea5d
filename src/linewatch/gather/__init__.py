"""Gather: takes files as they are, seals them as evidence by hash, and accounts for each one."""
