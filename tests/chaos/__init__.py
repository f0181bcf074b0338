"""Faults under load: whatever is killed, every accepted contact is one case and no reminder goes out twice.

    python -m tests.chaos --rounds 20 --seed 7

starts a whole installation on three brokers, sends contacts as a CRM would and works on them as officers would,
and meanwhile kills what there is to kill, at moments that the seed decides. After each fault everything is counted.
"""
