"""Agencies, settings, localities, desks, members and the roles they hold."""
