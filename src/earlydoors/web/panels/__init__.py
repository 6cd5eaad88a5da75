"""Panels: sittings, agendas, what agencies bring, attendance, decisions and tasks."""
