"""The parts of a Word document: each module here writes one of them as text of WordprocessingML.

Text and not a tree of objects, because tables of thousands of rows are written many times faster so. The elements of
every `pPr`, `rPr`, `tblPr`, `tcPr` and `sectPr` stand in the order of the schema: Word refuses any other.
"""
