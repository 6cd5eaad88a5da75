"""Records restricted to a few people by name: restricting, lifting, letting somebody in."""
