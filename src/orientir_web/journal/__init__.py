"""What was done, by whom and when: an append-only, chained log."""
