"""Who did and who read what: one row for each, never changed."""
