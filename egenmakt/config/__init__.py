"""Put together here: settings, addresses, the command line and the server."""
