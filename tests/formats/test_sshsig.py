"""Our signatures against OpenSSH's own tool, both ways."""

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counselroom.formats import sshsig
from counselroom.formats.identity import public_of

NAMESPACE = "keyring@counselroom.v1"
needs_ssh = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="ssh-keygen is not installed")


@needs_ssh
def test_ssh_keygen_verifies_what_we_signed(tmp_path: Path) -> None:
    seed, message = bytes(range(32)), "云溪中学 的名册".encode()
    (tmp_path / "allowed").write_text(f"school {sshsig.public_line(public_of(seed))}\n")
    (tmp_path / "sig").write_text(sshsig.sign(seed, message, NAMESPACE))

    def verify(content: bytes, namespace: str) -> int:
        command = ["ssh-keygen", "-Y", "verify", "-f", "allowed", "-I", "school", "-n", namespace, "-s", "sig"]
        return subprocess.run(command, input=content, cwd=tmp_path, capture_output=True, check=False).returncode

    assert verify(message, NAMESPACE) == 0
    assert verify(message + b" ", NAMESPACE) != 0
    assert verify(message, "approve@counselroom.v1") != 0


@needs_ssh
def test_we_verify_what_ssh_keygen_signed(tmp_path: Path) -> None:
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "key"], cwd=tmp_path, check=True)
    (tmp_path / "message").write_bytes(b"bytes")
    subprocess.run(
        ["ssh-keygen", "-Y", "sign", "-f", "key", "-n", NAMESPACE, "message"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    import base64

    wire = base64.b64decode((tmp_path / "key.pub").read_text().split()[1])
    armoured = (tmp_path / "message.sig").read_text()
    assert sshsig.verify(wire[-32:], b"bytes", armoured, NAMESPACE)
    assert not sshsig.verify(wire[-32:], b"bytes", armoured, "other")


@given(st.binary(max_size=300), st.binary(min_size=32, max_size=32), st.integers(min_value=0))
def test_any_changed_byte_is_refused(message: bytes, seed: bytes, place: int) -> None:
    armoured = sshsig.sign(seed, message, NAMESPACE)
    public = public_of(seed)
    assert sshsig.verify(public, message, armoured, NAMESPACE)
    at = place % len(armoured)
    changed = armoured[:at] + ("A" if armoured[at] != "A" else "B") + armoured[at + 1 :]
    assert not sshsig.verify(public, message, changed, NAMESPACE)
    assert not sshsig.verify(public, message + b"\x00", armoured, NAMESPACE)
