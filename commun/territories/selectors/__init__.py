"""What this room reads; each module is one subject."""
