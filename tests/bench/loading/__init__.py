"""A loader for measurements: the stores of an empty installation, filled with very many cases by COPY.

`python -m tests.bench.loading --home DIR --cases N`, with `redress up --home DIR` running. A life that the simulation's
deciders made is taken to pieces (`template`) and copied with ids, references, keys and times of its own (`copying`);
the rows go to the services' stores (`stores`), in the order in which they were recorded. Relays, views and audit then
do with them what they always do.
"""
