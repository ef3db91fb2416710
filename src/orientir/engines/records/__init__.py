"""Records at any scale: definitions -> one plan -> text for each engine -> values at every level."""
