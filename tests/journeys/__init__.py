"""What people do on the site of the demonstration, step by step, in a browser: for a test, and for the pictures of the
guide."""
