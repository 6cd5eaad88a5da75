"""People of an area, made up: families, homes, numbers, and slips of those who write them down.

Seeded: the same seed gives the same people. Nobody here is real; names, streets and figures are in
the files beside this one, each with its source.
"""
