"""Files in: counts that others kept, read, shown and checked before they are taken in."""
