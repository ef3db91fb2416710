"""What whoever runs the server needs: backups, logs without personal data, checks of the settings."""
