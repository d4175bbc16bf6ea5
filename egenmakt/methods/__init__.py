"""Statistics and matching, each with its paper: plain values in, numbers out."""
