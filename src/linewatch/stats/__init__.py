"""Pure functions on numbers: agreement, turns, permutation, simulators. Nothing here knows a case."""
