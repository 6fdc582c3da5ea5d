"""Code: one codebook, people and machines as coders, every coder measured before its codes count."""
