"""What was given, to whom, how often it may be given, and who was turned away."""
