"""SQLite as Egenmakt needs it: a sound version, and one writer at a time, in order."""
