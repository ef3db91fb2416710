"""The commands that stand in modules of their own, one subject each; `cli.py` puts them together."""
