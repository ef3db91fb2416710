"""From accepted forms to a computed year: a data package of the campaign, run through the core, kept by checksum."""
