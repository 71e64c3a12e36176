"""The strategy as one document: written, read back, kept and compared. docs/format.md describes it."""
