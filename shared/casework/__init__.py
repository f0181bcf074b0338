"""What the services of cases share: how they run, how a case is found, who may do what, how a command is given."""
