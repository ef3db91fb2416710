"""What follows from a cycle: texts reviewed by people, recommendations acknowledged, decisions and their outcome."""
