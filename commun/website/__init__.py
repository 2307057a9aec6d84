"""The public site: pages that mix rooms, and what frames every page."""
