"""The pure core: values in, values out. No clock, no environment, no I/O, standard library only.

Values are frozen: dataclasses where something of them must not be shown or is made by the million, named
tuples where start-up defines them, for defining a dataclass costs seven times as much (0.4 ms).
"""
