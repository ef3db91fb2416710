"""Small numbers are protected in whatever is published: what is told, what must be hidden with it, what is left."""
