"""Ways in. Each hands bytes to `services.receiving` and says what came of it in its own protocol; none knows rooms."""
