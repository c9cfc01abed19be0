"""The arithmetic of Open Scale Definition files once more, straight from the JSON and from the README beside the
samples; nothing here imports the program.

Complete sheets of choices only. What the samples do not use (weights, value maps, max, composite scores) is not here.
"""

import json
import random
import re
from typing import Any

from samples import OSD


def load(name: str) -> dict[str, Any]:
    return json.loads((OSD / name).read_text(encoding="utf-8"))


def questions(file: dict[str, Any]) -> list[dict[str, Any]]:
    """The items that somebody answers."""
    return [item for item in file["definition"]["items"] if item["type"] != "inst"]


def number(item: dict[str, Any]) -> str:
    """The number with which every id of the samples ends."""
    return re.search(r"(\d+[a-z]?)$", item["id"])[1]  # type: ignore[index]  # all of them do


def choices(file: dict[str, Any], item: dict[str, Any]) -> list[int]:
    """The values of the answers: of the options, or from the lowest to the highest point."""
    if "options" in item:
        return [option["value"] for option in item["options"]]
    scale = file["definition"]["likert_options"]
    low = scale.get("min", 1)
    high = low + item["likert_points"] - 1 if "likert_points" in item else scale["max"]
    return list(range(low, high + 1))


def random_sheet(file: dict[str, Any], chance: random.Random) -> dict[str, int]:
    """An answer to everything, by item id."""
    return {item["id"]: chance.choice(choices(file, item)) for item in questions(file)}


def scored(file: dict[str, Any], sheet: dict[str, int]) -> dict[str, tuple[float, float, str | None]]:
    """By score: its value before and after the transform, and the label of the threshold (before the transform)."""
    ranges = {item["id"]: choices(file, item) for item in questions(file)}
    found = {}
    for key, block in file["definition"]["scoring"].items():
        items = block["items"]
        signs = dict.fromkeys(items, 1) if isinstance(items, list) else items
        values = [
            sheet[item] if sign == 1 else min(ranges[item]) + max(ranges[item]) - sheet[item]
            for item, sign in signs.items() if sign
        ]  # fmt: skip
        plain: float = sum(values)
        if block["method"] == "mean_coded":
            plain = plain / len(values)
        value = plain
        for step in block.get("transform", []):
            match step["op"]:
                case "subtract":
                    value = value - step["value"]
                case "divide":
                    value = value / step["value"]
                case "multiply":
                    value = value * step["value"]
        label = None
        for line in block.get("norms", {}).get("thresholds", []):
            if line["min"] <= plain <= line["max"]:
                label = line["label"]
                break
        found[key] = (plain, value, label)
    return found
