"""What a process remembers of the keyring, and for how long."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from shared.kit.keyring import DataKey, MasterKey, PostgresKeyring
from shared.kit.keyring.cache import MOST_KEYS, KeyCache


def key_of(owner: UUID, case: UUID) -> DataKey:
    return DataKey(uuid4(), owner, case, bytes(32))


OWNER, CASE = uuid4(), uuid4()


def test_a_key_is_remembered_for_a_minute_from_when_it_was_asked_for() -> None:
    cache, key = KeyCache(60), key_of(OWNER, CASE)
    cache.remember(key.key_id, key, told_at=100.0)
    assert cache.find(key.key_id, 159.9) is cache.find_of(OWNER, CASE, 159.9) is key
    with pytest.raises(KeyError):
        cache.find(key.key_id, 160.0)
    with pytest.raises(KeyError):
        cache.find_of(OWNER, CASE, 100.0)


def test_a_destroyed_key_is_remembered_as_such() -> None:
    cache, key_id = KeyCache(60), uuid4()
    cache.remember(key_id, None, told_at=0.0)
    assert cache.find(key_id, 1.0) is None


@pytest.mark.parametrize(
    ("owner", "case", "left"),
    [(OWNER, None, 1), (None, CASE, 1), (OWNER, CASE, 2), (uuid4(), None, 3)],
)
def test_what_is_forgotten_is_the_scope_named(owner: UUID | None, case: UUID | None, left: int) -> None:
    cache = KeyCache(60)
    keys = [key_of(OWNER, CASE), key_of(OWNER, uuid4()), key_of(uuid4(), CASE)]
    for key in keys:
        cache.remember(key.key_id, key, told_at=0.0)
    cache.forget(owner, case)
    found = 0
    for key in keys:
        try:
            found += cache.find(key.key_id, 1.0) is cache.find_of(key.owner, key.case, 1.0)
        except KeyError:
            continue
    assert found == left


def test_memory_is_bounded_and_the_oldest_go_first() -> None:
    cache, keys = KeyCache(60), [key_of(OWNER, uuid4()) for _ in range(MOST_KEYS + 1)]
    for key in keys:
        cache.remember(key.key_id, key, told_at=0.0)
    with pytest.raises(KeyError):
        cache.find(keys[0].key_id, 0.0)
    assert cache.find(keys[1].key_id, 0.0) is keys[1]
    assert cache.find(keys[-1].key_id, 0.0) is keys[-1]


def test_a_keyring_that_would_remember_for_longer_than_a_minute_is_refused() -> None:
    with pytest.raises(ValueError, match="minute"):
        PostgresKeyring(None, MasterKey({1: bytes(32)}), keep_for=61)  # type: ignore[arg-type]
