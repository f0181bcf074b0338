"""What notifications knows of cases, clocks, departments and its own messages, folded from the log.

Each folds only rows of its event's key. No fold looks at another stream's rows: what belongs together is put
together when it is read.
"""
