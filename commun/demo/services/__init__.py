"""What loads and runs the demonstration."""
