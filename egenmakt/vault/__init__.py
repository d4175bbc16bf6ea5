"""Keys, and what is sealed with them: nothing about a person lies in clear."""
