"""Properties: what holds for any data, tried on random small ones, the same in every run."""
