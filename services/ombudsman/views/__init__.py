"""What the ombudsman service remembers of the log: the desk, beside the cases that every such service folds."""
