"""The second wall: the database itself holds back what is not open to whoever acts."""
