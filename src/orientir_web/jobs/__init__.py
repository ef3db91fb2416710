"""Documents made in the background: the report, passports, papers, the public site."""
