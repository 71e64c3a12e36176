"""The arithmetic of listening: pure functions, each with its source."""
