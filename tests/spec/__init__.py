"""Specs: what the figures mean, shown by the smallest examples; the pages of docs/method are made from them."""
