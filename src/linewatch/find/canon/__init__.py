"""Checks words against canons: editions and their index, where words stand, how they differ, what is to be said of that."""
