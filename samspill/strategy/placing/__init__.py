"""An existing strategy on its way in: read in pieces, and laid piece by piece where a person says. Nothing is
placed by itself, nothing is invented, and what is not placed stays in sight."""
