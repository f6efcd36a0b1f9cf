"""What helps editors begin: a new column, a new content file, and the reference pages of the fields."""
