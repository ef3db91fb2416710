"""Evidence: files that prove a row or a decision, kept in the data folder and given out only to who may see them."""
