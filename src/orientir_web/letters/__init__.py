"""Letters to people: reminders and links to a new password, sent by background jobs, each once."""
