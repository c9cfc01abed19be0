"""The audit chain and its tree head.

Each entry holds the hash of the one before it; the tree head is the Merkle tree hash of RFC 6962 section 2.1 over
the entry hashes, so that one short value witnesses every entry.
"""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

GENESIS = b"\x00" * 32  # what stands before the first entry


@dataclass(frozen=True)
class Entry:
    """One audit entry: ``n`` counts from 1, ``counter`` is the number of the sign-in, times are ISO 8601 UTC."""

    n: int
    at: str
    counter: int
    actor: str
    action: str
    object: str
    body_hash: bytes
    previous: bytes

    def digest(self) -> bytes:
        """SHA-256 over the entry's canonical JSON: what the next entry and the tree head witness."""
        head = [self.n, self.at, self.counter, self.actor, self.action, self.object]
        return hashlib.sha256(canonical([*head, self.body_hash.hex(), self.previous.hex()])).digest()


def canonical(value: Any) -> bytes:
    """JSON with sorted keys and no white space, UTF-8."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


@dataclass
class TreeHead:
    """A Merkle tree that grows by appending; holds one hash per full subtree, at most 64 of them."""

    size: int = 0
    _stack: list[tuple[int, bytes]] = field(default_factory=list)

    def append(self, entry_hash: bytes) -> None:
        """Adds one leaf."""
        node, width = hashlib.sha256(b"\x00" + entry_hash).digest(), 1
        while self._stack and self._stack[-1][0] == width:
            left_width, left = self._stack.pop()
            node, width = hashlib.sha256(b"\x01" + left + node).digest(), left_width * 2
        self._stack.append((width, node))
        self.size += 1

    def frontier(self) -> str:
        """The full subtrees as text, from which ``resumed`` grows the same tree."""
        return json.dumps([self.size, [[width, node.hex()] for width, node in self._stack]])

    @classmethod
    def resumed(cls, frontier: str) -> "TreeHead":
        """The tree of an earlier ``frontier``."""
        size, stack = json.loads(frontier)
        return cls(size, [(width, bytes.fromhex(node)) for width, node in stack])

    def root(self) -> bytes:
        """The tree hash over all leaves so far (SHA-256 of nothing for an empty tree)."""
        if not self._stack:
            return hashlib.sha256(b"").digest()
        node = self._stack[-1][1]
        for _, left in reversed(self._stack[:-1]):
            node = hashlib.sha256(b"\x01" + left + node).digest()
        return node

    def short(self) -> str:
        """Four groups of four digits for the paper log."""
        number = int.from_bytes(self.root()[:8], "big") % 10**16
        digits = f"{number:016d}"
        return " ".join(digits[i : i + 4] for i in range(0, 16, 4))
