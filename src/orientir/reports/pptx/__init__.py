"""The parts of a deck as PowerPoint keeps them; the deck is put together in to_pptx.py."""
