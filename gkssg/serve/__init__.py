"""``gkssg serve``: the column on this machine alone, built anew when it changes, and shown as it is now."""
