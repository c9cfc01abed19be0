"""The audit chain, and its tree head against RFC 6962 computed anew from the recursive definition."""

import hashlib
from dataclasses import replace

import pytest

from counselroom.domain.chain import GENESIS, Entry, TreeHead, canonical

# RFC 6962 2.1.3 in the test data of Certificate Transparency: leaves and the root over the first n of them.
CT_LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
CT_ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def by_definition(leaves: list[bytes]) -> bytes:
    """Merkle tree hash as RFC 6962 section 2.1 defines it, by recursion."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\x01" + by_definition(leaves[:split]) + by_definition(leaves[split:])).digest()


def tree_of(leaves: list[bytes]) -> TreeHead:
    tree = TreeHead()
    for leaf in leaves:
        tree.append(leaf)
    return tree


def chain_of(count: int) -> list[tuple[Entry, bytes]]:
    rows: list[tuple[Entry, bytes]] = []
    previous = GENESIS
    for n in range(1, count + 1):
        entry = Entry(n, f"2026-09-03T08:00:{n:02d}.000+08:00", 1, "a", "people.added", "o", bytes([n]) * 32, previous)
        previous = entry.digest()
        rows.append((entry, previous))
    return rows


def test_the_empty_tree() -> None:
    assert TreeHead().root().hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize("count", range(1, 9))
def test_known_answers(count: int) -> None:
    assert tree_of([bytes.fromhex(leaf) for leaf in CT_LEAVES[:count]]).root().hex() == CT_ROOTS[count - 1]


def test_every_size_agrees_with_the_recursive_definition() -> None:
    leaves = [hashlib.sha256(str(n).encode()).digest() for n in range(70)]
    tree = TreeHead()
    for size, leaf in enumerate(leaves, start=1):
        tree.append(leaf)
        assert tree.root() == by_definition(leaves[:size])
        assert tree.size == size


@pytest.mark.parametrize("size", [0, 1, 2, 3, 7, 8, 13])
def test_a_tree_goes_on_from_its_frontier(size: int) -> None:
    leaves = [bytes([n]) for n in range(20)]
    resumed = TreeHead.resumed(tree_of(leaves[:size]).frontier())
    assert (resumed.size, resumed.root()) == (size, tree_of(leaves[:size]).root())
    for leaf in leaves[size:]:
        resumed.append(leaf)
    assert resumed.root() == by_definition(leaves)


def test_the_short_head_is_four_groups_of_digits_and_differs_with_every_entry() -> None:
    leaves = [bytes([n]) for n in range(20)]
    heads = {tree_of(leaves[:size]).short() for size in range(21)}
    assert len(heads) == 21
    for head in heads:
        groups = head.split(" ")
        assert len(groups) == 4
        assert all(len(group) == 4 and group.isdigit() for group in groups)


def test_canonical_json() -> None:
    assert canonical({"b": 1, "a": ["中", None]}) == '{"a":["中",null],"b":1}'.encode()


def test_every_field_of_an_entry_is_witnessed() -> None:
    entry = chain_of(1)[0][0]
    changes: dict[str, object] = {
        "n": 2, "at": "x", "counter": 9, "actor": "b", "action": "people.removed", "object": "p",
        "body_hash": b"\x01" * 31 + b"\x02", "previous": b"\x01" * 32,
    }  # fmt: skip
    digests = {replace(entry, **{name: value}).digest() for name, value in changes.items()}  # type: ignore[arg-type]  # one field each
    assert len(digests) == len(changes)
    assert entry.digest() not in digests


def test_fields_cannot_be_moved_into_one_another() -> None:
    entry = chain_of(1)[0][0]
    assert replace(entry, actor="a,b", action="c").digest() != replace(entry, actor="a", action="b,c").digest()
    assert replace(entry, actor='a","b', action="c").digest() != replace(entry, actor="a", action='b","c').digest()
