"""What the law asks a public site to say of itself."""
