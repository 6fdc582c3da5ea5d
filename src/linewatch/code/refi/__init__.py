"""Codings exchanged with other programs by REFI-QDA 1.5: projects (.qdpx) and codebooks (.qdc), out and in."""
