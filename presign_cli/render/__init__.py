"""Values in, text out. No renderer decides anything but how a value looks."""
