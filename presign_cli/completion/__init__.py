"""What a shell is told when somebody presses TAB, and the scripts by which it asks.

A script runs `presign` with `_PRESIGN_COMPLETE=complete_SHELL`; `source_SHELL` prints the script itself.
"""

QUESTION = "_PRESIGN_COMPLETE"
