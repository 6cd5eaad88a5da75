"""Small words the whole house uses."""
