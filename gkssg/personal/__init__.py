"""Finds personal data and secrecy marks in texts, whatever the texts are of, and masks what it finds."""
