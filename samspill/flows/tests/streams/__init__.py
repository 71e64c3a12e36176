"""Real processes, a real archive, real sockets, and kill -9: is anything lost, is anything kept twice?

run.py starts two servers with faults (servers.py), which stream an invented world (world.py), and the process
for streams (worker.py), kills it again and again, and lets check.py judge by what the archive answers.
Nothing here is needed to run Samspill.
"""
