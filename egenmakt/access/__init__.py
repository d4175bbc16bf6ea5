"""Who may do what: users, devices, roles, rights, and the guard on every page."""
