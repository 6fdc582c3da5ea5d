"""The case: a folder with a database, sealed evidence and a custody log. The only SQL is here."""
