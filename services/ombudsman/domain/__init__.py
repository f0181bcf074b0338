"""The rules of a referral to the Ombudsman: pure."""
