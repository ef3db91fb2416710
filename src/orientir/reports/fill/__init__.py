"""Someone else's form: a ministry's XLSX or DOCX filled from the accepted facts of a data package.

A template is read into grids (xlsx_template, docx_template), its empty cells into slots with their labels (labels), the
labels into proposals (matching, proposals), which a person confirms in a workbook (mapping, books). Then amounts
are computed (amounts) and written into the template's own XML (filling), with a list of what was not filled beside it.
"""
