"""Markdown → safe HTML, the same on either side of the gate; knows nothing of documents."""
