"""Every figure: what it counts, how it is known, and for which open days."""
