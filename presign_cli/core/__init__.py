"""The pure core: values in, values out. No clock, no environment, no I/O, standard library only."""
