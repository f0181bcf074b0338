-- Another log: the offsets at which reactors started mean nothing in it.
DELETE FROM reactor_starts WHERE partition = any($1::integer[])
