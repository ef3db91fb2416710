"""What was answered: forms of organisations, their cells, states and approval."""
