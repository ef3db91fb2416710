"""Parts of the workbook: sheets and styles, widths and heights, contents, tables, figures."""
