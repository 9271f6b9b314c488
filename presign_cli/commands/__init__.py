"""One file a verb, each with the same steps: parse, resolve, core, render."""
