"""Beyond the gate: what anyone may read, and the plan of every file made of it."""
