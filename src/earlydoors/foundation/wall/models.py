"""No tables of its own: the wall stands round those of the others.

Django tells an app of a migration only where there is a module of this name.
"""
