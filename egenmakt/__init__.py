"""Egenmakt: the system that open meeting places run on."""
