"""Advice on channels: which to use with the hours there are, every number in the open. docs/advice.md."""
