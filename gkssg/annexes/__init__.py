"""What is inside a file that is published as it is: pure functions of its bytes, used on both sides of the gate."""
