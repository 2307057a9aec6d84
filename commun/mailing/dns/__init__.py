"""What DNS says of who we are: read-only, bounded in time, and honest about having no network."""
