"""Machine coders: they suggest answers to the same questions, and are measured like anyone else."""
