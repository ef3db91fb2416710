"""Reading spreadsheets that people send: what may be opened at all, its sheets, its numbers, its text files.

Knows nothing of forms, registers or packages: it turns one file into rows, or into a refusal that a person understands.
"""
