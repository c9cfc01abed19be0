"""The Debian package around the one-folder program."""

import gzip
import shutil
import sys
from pathlib import Path

from installer import bundle, debian
from installer.steps import BUILD, ROOT, Stop, must, read, say

sys.path.insert(0, str(ROOT / "src"))
from counselroom import __version__

HERE = ROOT / "installer"
HOME = Path("opt/counselroom")
# Besides what Qt needs: present on every Debian, named all the same because the program is linked with them.
BASE = ("libgcc-s1", "libstdc++6", "libzstd1", "zlib1g")
CONTROL = """\
Package: counselroom
Version: {version}
Architecture: {architecture}
Maintainer: The counselroom project <counselroom@localhost>
Installed-Size: {size}
Depends: {depends}
Section: education
Priority: optional
Description: Offline program of a school counselling room
 The records of a school counselling room in one encrypted database that stays
 on this computer: accounts with roles, recovery sheets, an audit chain. It
 opens no network connection.
"""


def build(folder: Path) -> Path:
    """Make the package of the program's folder; returns the archive."""
    depends = dependencies(folder)
    tree = BUILD / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(folder, tree / HOME, symlinks=True)
    _link(tree / "usr/bin/counselroom", f"/{HOME.as_posix()}/counselroom")
    _file(HERE / "counselroom.desktop", tree / "usr/share/applications/counselroom.desktop")
    _file(HERE / "counselroom.svg", tree / "usr/share/icons/hicolor/scalable/apps/counselroom.svg")
    _file(HERE / "copyright", tree / "usr/share/doc/counselroom/copyright")
    changes = (ROOT / "CHANGELOG.md").read_bytes()
    (tree / "usr/share/doc/counselroom/changelog.gz").write_bytes(gzip.compress(changes, mtime=0))
    architecture = read(["dpkg", "--print-architecture"]).strip()
    control = CONTROL.format(
        version=__version__, architecture=architecture, size=size(tree) // 1024, depends=", ".join(depends)
    )
    (tree / "DEBIAN").mkdir()
    (tree / "DEBIAN/control").write_text(control, encoding="utf-8")
    _open_to_all(tree)
    archive = BUILD / f"counselroom_{__version__}_{architecture}.deb"
    say(f"Packing {archive.name}")
    must(["dpkg-deb", "--root-owner-group", "-Zzstd", "--build", tree, archive])
    return archive


def dependencies(folder: Path) -> list[str]:
    """The packages to depend on; stops when a file of the program asks for a library that none of them holds."""
    wanted, glibc = bundle.libraries(folder)
    packages = sorted((*debian.QT, *BASE))
    held = read(["dpkg-query", "-L", "libc6", *packages])
    there = {Path(line).name for line in held.splitlines()}
    if unknown := wanted - there:
        raise Stop(f"No package in the Depends list holds: {', '.join(sorted(unknown))}")
    return [f"libc6 (>= {glibc[0]}.{glibc[1]})", *packages]


def size(tree: Path) -> int:
    """Bytes that the tree takes when installed."""
    return sum(path.lstat().st_size for path in tree.rglob("*") if path.is_file() or path.is_symlink())


def _file(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _link(place: Path, target: str) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(target)


def _open_to_all(tree: Path) -> None:
    """Modes as a package has them, whatever the umask was here."""
    for path in (tree, *tree.rglob("*")):
        if not path.is_symlink():
            runnable = path.is_dir() or path.stat().st_mode & 0o100
            path.chmod(0o755 if runnable else 0o644)
