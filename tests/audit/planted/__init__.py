"""A generator of whole reports of invented districts, clean or with planted errors, by which the auditor is scored."""
