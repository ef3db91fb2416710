"""School passports: one or two pages about one organisation, beside those that are like it and the district."""
