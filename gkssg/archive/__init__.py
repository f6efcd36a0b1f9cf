"""Behind the gate: what editors wrote, disclosed or not. Nothing beyond the gate imports this package."""
