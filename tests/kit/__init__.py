"""What tests of every service are made with."""
