"""Pure functions on strings: ranges, folding, scripts, sentences, dates. Nothing here knows a case."""
