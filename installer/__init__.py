"""What dev.py is made of: set-up of a machine, and the making of packages. Standard library only."""
