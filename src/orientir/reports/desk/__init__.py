"""The conflict desk outside the report: lists for a screen, a workbook in which many conflicts are settled at once."""
