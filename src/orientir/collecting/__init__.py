"""Collection: forms go out, files come back, and become a data package, with remarks for those who sent them."""
