"""Idag: the page at the door and the one way in for what happens there."""
