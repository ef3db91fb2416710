"""The rules: each is one function over an understood report, named by its code."""
