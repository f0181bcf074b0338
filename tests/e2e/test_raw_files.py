"""No personal text can be found in what lies on disk, and an erased person's is gone from every answer."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.council import DEPARTMENT, Council

# Words that stand nowhere else, so that finding one anywhere is a leak.
NAME, STREET, PLAINT = "Zephyrine Quillfeather", "Marrowfat Crescent", "gooseberry-hued sludge"
NOTE, ANSWER, QUESTION = "vexatiousgrumbler", "wetouchedtheculvert", "whoclearedtheculvert"
WORDS = (*NAME.split(), STREET, PLAINT, NOTE, ANSWER, QUESTION, "quillfeather@")
UNDER_ANY_SPELLING = [text.encode(encoding) for text in WORDS for encoding in ("utf-8", "utf-16-le")]


async def _lives(council: Council) -> str:
    answer = await council.sends(
        {
            "message_id": "raw-files",
            "text": f"There is {PLAINT} in our drain.",
            "subject": PLAINT,
            "customer": {"name": NAME, "email": "quillfeather@customers.example", "address": f"7 {STREET}"},
            "attachments": [{"name": f"{PLAINT}.txt", "content_base64": "Z29vc2ViZXJyeS1odWVkIHNsdWRnZQ=="}],
        }
    )
    reference: str = answer.json()["reference"]
    await council.does(reference, "triage", regime="corporate", reason=NOTE)
    await council.does(reference, "assign", department=DEPARTMENT)
    await council.does(reference, "note", text=NOTE)
    await council.does(
        reference, "request-contribution", department=DEPARTMENT, question=QUESTION, due_on="2099-01-04"
    )
    await council.does(reference, "acknowledge", means="email", subject=PLAINT, text=ANSWER)
    await council.timeline(reference, "acknowledged", "contribution-requested")
    return reference


def _leaks(home: Path) -> list[str]:
    """The files, the mail spool and generated settings excepted, that hold one of the words."""
    spool = home / "mail"
    return [
        f"{path.relative_to(home)}: {found!r}"
        for path in home.rglob("*")
        if path.is_file() and not path.is_relative_to(spool)
        for found in [next((word for word in UNDER_ANY_SPELLING if word in path.read_bytes()), None)]
        if found is not None
    ]


async def test_no_personal_text_lies_in_the_raw_files_and_erasure_reaches_every_answer(
    council: Council,
) -> None:
    reference = await _lives(council)
    assert _leaks(council.site.home) == []

    before = await council.timeline(reference)
    case = (await council.asks("intake", f"/cases/{reference}")).json()
    assert case["customer"]["name"] == NAME
    person = case["customer"]["person_id"]
    url = f"{council.site.url('intake')}/people/{person}/erase"
    assert (await council.office.post(url, json={"ground": "request under Article 17"})).is_success

    def forgotten(found: object) -> bool:
        return not any(word in str(found) for word in WORDS)

    await council.until("intake", f"/cases/{reference}", forgotten)
    await council.until("audit", f"/cases/{reference}/timeline", forgotten)
    await council.until("notifications", f"/cases/{reference}/notifications", forgotten)
    assert await council.timeline(reference) == before
