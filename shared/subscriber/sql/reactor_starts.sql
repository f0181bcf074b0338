-- From where each reactor reacts: an offset of each partition, or, in a log made anew, a time of recording.
SELECT r.name, r.since, r.from_beginning, s.partition, s.off
FROM reactors AS r
LEFT JOIN reactor_starts AS s ON r.name = s.reactor
