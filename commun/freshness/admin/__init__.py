"""The team's screens of this room."""
