"""A feature of a stream: what is offered is what is accepted."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from shared.kit.decider import Choice, Command, Refused, Slice, decider


class Withdraw(Command):
    """Takes coins out of a jar."""

    verb = "withdraw"
    coins: int


def decide(command: Withdraw, coins: int, limit: int) -> tuple[int, ...]:
    """As many as there are, up to a limit."""
    if command.coins > limit:
        raise Refused("over-the-limit", f"At most {limit}.")
    if command.coins > coins:
        raise Refused("too-few", f"There are {coins}.")
    return (command.coins,)


def tries(coins: int, _limit: int) -> Iterator[tuple[Choice, Withdraw]]:
    """Five, and all."""
    for each in (5, coins):
        yield Choice({"coins": (each,)}), Withdraw(coins=each)


WITHDRAW = Slice(Withdraw, decide, tries=tries)


def test_of_what_is_tried_only_that_is_offered_which_is_accepted() -> None:
    assert [choice.values["coins"] for choice in WITHDRAW.offer(12, 10).choices] == [(5,)]
    assert [choice.values["coins"] for choice in WITHDRAW.offer(8, 10).choices] == [(5,), (8,)]


def test_where_nothing_is_accepted_the_first_refusal_says_why() -> None:
    offer = WITHDRAW.offer(2, 1)
    assert offer.choices == ()
    assert offer.refused is not None
    assert offer.refused.code == "over-the-limit"


def test_where_there_is_nothing_to_try_the_feature_says_why_itself() -> None:
    def none(_coins: int, _limit: int) -> Iterator[tuple[Choice, Withdraw]]:
        raise Refused("no-jar", "There is no jar.")

    offer = Slice(Withdraw, decide, tries=none).offer(12, 10)
    assert (offer.choices, offer.refused and offer.refused.code) == ((), "no-jar")


def test_a_feature_that_tries_nothing_and_says_nothing_is_named() -> None:
    silent = Slice(Withdraw, decide, tries=lambda _coins, _limit: ())
    with pytest.raises(AssertionError, match="withdraw: with nothing to try"):
        silent.offer(12, 10)


def test_what_is_tried_for_an_offer_is_not_asked_before_a_decision() -> None:
    rules = decider((WITHDRAW,), lambda left, taken: left - taken, 20, 10)
    assert rules.fold(rules.decide(Withdraw(coins=3), 20)) == 17
    with pytest.raises(Refused, match="There are 2"):
        rules.decide(Withdraw(coins=3), 2)
