"""The interface for programs: the same objects, rights and services as the pages have, asked for with a key."""
