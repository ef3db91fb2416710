"""The backend of Django for SQLite, with a queue for those who write."""
