"""Releases: what was published, frozen with its checksum."""
