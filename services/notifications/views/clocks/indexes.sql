CREATE INDEX clocks_due_on_idx ON clocks (due_on) WHERE state IN ('running', 'missed');
