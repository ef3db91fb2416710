"""The report: one document model, five outputs."""
