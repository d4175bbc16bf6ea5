"""Plain helpers, each with a subject, that know neither people nor frameworks."""
