"""The rules of clocks and of the calendar. Pure: time, regimes and the calendar come in on the command."""
