"""What others may take away by program: records, an interface, dumps, lists to include."""
