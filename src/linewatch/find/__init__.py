"""Find: items, quotations and their speakers, citations, notes, names and captions, each a Span with a reason."""
