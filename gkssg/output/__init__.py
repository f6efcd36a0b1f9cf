"""Makers: a frozen value → the bytes of a file. Pure, and beyond the gate."""
