"""What the ombudsman service remembers of the log: cases by reference, and the desk."""
