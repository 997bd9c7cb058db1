"""The picture in the README is taken here, from the page of the seeds: with KG_PICTURE=1 it is written anew."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import kg
from kg.view import page

ROOT = Path(__file__).parent.parent.parent
PICTURE = ROOT / "docs" / "page.png"


def test_the_picture_of_the_readme(show: Callable[..., Any]) -> None:
    facts = kg.build(ROOT / "seeds").facts
    screen = show(page(facts), width=1600, height=1000)
    assert len(screen.shown()) >= 40
    assert screen.messages() == []
    taken = screen.driver.get_screenshot_as_png()
    if os.environ.get("KG_PICTURE"):
        PICTURE.write_bytes(taken)
    assert PICTURE.read_bytes().startswith(b"\x89PNG")
    assert len(taken) > 0.5 * PICTURE.stat().st_size
