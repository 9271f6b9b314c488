"""The clipboard of the machine, or of the terminal at the other end of an SSH session."""
