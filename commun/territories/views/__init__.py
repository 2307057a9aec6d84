"""Pages and answers of this room."""
