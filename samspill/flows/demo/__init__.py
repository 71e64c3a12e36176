"""The demonstration: two invented organisations and a year of each. Nothing is real, and nothing leaves."""
