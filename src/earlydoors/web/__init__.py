"""The pages, and what they keep for a short while: sign-ins, forms under way."""
