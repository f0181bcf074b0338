"""Lawful lives of made-up cases, decided by the services' own deciders: the one place in `deploy` that imports them.

A life is a sequence of steps (`steps/`); each asks a real decider, and what the services would do about the answer is
done by their own reactors and due commands (`machines/`). How often things happen is data (`data/frequencies.toml`).
"""
