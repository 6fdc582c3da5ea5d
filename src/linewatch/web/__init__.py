"""The desk: the six rooms and the check in a browser, on loopback. It calls the rooms' `run`s and knows nothing else."""
