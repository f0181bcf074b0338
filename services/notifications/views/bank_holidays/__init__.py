"""The days that were proclaimed bank holidays after the shipped calendar was made."""

from services.notifications.views.bank_holidays.fold import BANK_HOLIDAYS, BankHolidayRow

__all__ = ["BANK_HOLIDAYS", "BankHolidayRow"]
