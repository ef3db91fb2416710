"""The words of the product: frozen dataclasses, standard library only."""
