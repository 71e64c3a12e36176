"""Real processes, a real database file, real sockets, and kill -9: is anything lost, is anything doubled?

run.py starts the networks (networks.py) and the workers (workers.py), kills workers, and lets check.py judge
by the networks' own state and a history of what was asked. Nothing here is needed to run Samspill.
"""
