"""Agreements between partners, and the follow-up of what they led to."""
