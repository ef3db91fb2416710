"""Who: organisations, people, roles, access, invitations, substitution."""
