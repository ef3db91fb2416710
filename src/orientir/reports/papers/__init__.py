"""The papers of the cycle: orders, a letter, a page for the head, slides. What they say, before any format.

Each module makes one of them from a cycle; wording stands in the templates `texts/paper_*.j2` of the reports, so that a
programme can put its own in their place.
"""
