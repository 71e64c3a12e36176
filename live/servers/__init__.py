"""The servers that the live tests start, one folder each."""
