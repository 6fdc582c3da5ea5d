"""Read: turns sealed bytes into text and blocks, one reader a format, and accounts for every part."""
