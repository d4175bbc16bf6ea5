"""Organisations, their sites and registers, and what is offered there, when and how deep."""
