"""What changes this room's rows; each module is one subject."""
