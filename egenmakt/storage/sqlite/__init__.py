"""The database backend `egenmakt.storage.sqlite`."""
