"""How much one file may ask of the machine: 500 MB and five seconds, with room to spare.

A school's form has 4 sheets, 2,000 cells and 20 KB; a register of a large district 20,000 rows and 3 MB. Each limit is
far above these, and low enough for the notebook of a village school.
"""

FILE_BYTES = 20_000_000  # a register with photographs pasted into it still passes
INFLATED_BYTES = 100_000_000  # one pass over so much XML takes about a second; a million formatted rows are half of it
MEMBERS = 2_000  # parts of an archive; a form has about 15
SHEETS = 255  # what Excel offered by default; each costs a pass
FILLED_CELLS = 1_000_000  # a filled cell takes about 200 bytes while two libraries hold it
GRID_CELLS = 2_000_000  # all cells from A1 to the last filled one, empty ones included: 40-60 bytes each
TEXT_BYTES = 50_000_000  # text of all cells together: one shared string may stand in a million cells
XML_TAGS = 8_000_000  # in one part: each shared string, even an empty one, takes 24 bytes
CELL_CHARACTERS = 32_767  # Excel's own limit
