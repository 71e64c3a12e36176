"""Read a governing document into passages, in a limited process; limited.py starts it.

Everything else here runs in that process and knows nothing of Django.
"""
