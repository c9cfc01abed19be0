"""Where the vault may lie: a network share is refused, a risky place is named.

The rules are one pure function (``judge``) over probes, so that the rules for Windows are tested on any machine.
SQLite over a network share corrupts; a restore card puts the system drive back at each start; a synchronised folder
copies half-written files away. What the probes cannot see stays unseen: a USB hard disk that Windows reports as fixed,
a synchronised folder with a name of its own.
"""

import os
import re
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

from counselroom.domain.refusal import Refusal
from counselroom.formats import files

FOLDER_NAME = "心理辅导室数据"
# The vault itself stays small; backups, copies before a migration and prints need room beside it.
LOW_SPACE = 2 * 1024**3
_MOUNTS = Path("/proc/self/mounts")
_DRIVE_REMOVABLE, _DRIVE_FIXED, _DRIVE_REMOTE = 2, 3, 4  # winbase.h, GetDriveTypeW

_NETWORK_TYPES = re.compile(
    r"nfs\d?|cifs|smb\w*|9p|afs|auristorfs|ceph|coda|glusterfs|lustre|ncpfs|ocfs2|gfs2|beegfs|virtiofs|vboxsf|davfs2?"
    r"|fuse\.(sshfs|rclone|davfs2?|glusterfs|ceph(-fuse)?|s3fs|curlftpfs|smbnetfs|gvfsd-fuse|vmhgfs-fuse|juicefs)"
)
# Mount points that belong to the system even when they lie on a partition of their own.
_SYSTEM_MOUNTS = re.compile(
    r"/(boot|efi|etc|usr|var|snap|tmp|nix|proc|sys|dev|recovery|backup)(/.*)?|/run/(?!media/).*"
)
_REMOVABLE_MOUNTS = re.compile(r"/(run/media|media)/.+")
_SYNCED_NAMES = re.compile(
    r"onedrive( - .*)?|dropbox( \(.*\))?|nutstore( files)?|我?的?坚果云"
    r"|baidusyncdisk|baidunetdisk(download)?|百度网盘.*|百度云.*"
    r"|icloud ?drive|mobile documents|com~apple~clouddocs|wps ?云盘|wpsdrive|wps cloud files|google ?drive|我的云端硬盘"
    r"|微云.*|weiyun.*|腾讯微云|阿里云盘.*|adrive|天翼云盘.*|nextcloud|owncloud|syncthing|megasync|pcloud ?drive",
    re.IGNORECASE,
)
_SYNC_MARKERS = (".stfolder", ".stignore", ".dropbox", ".dropbox.cache", ".owncloudsync.log", ".nextcloudsync.log")


class LocationWarning(StrEnum):
    """What to think about before choosing this place; the words stand in the catalogue under [location]."""

    SYSTEM_DRIVE = "system_drive"
    SYNCED = "synced"
    REMOVABLE = "removable"
    LOW_SPACE = "low_space"


@dataclass(frozen=True)
class Mount:
    """One line of the mount table."""

    source: str
    point: str
    type: str
    options: str = "rw"


@dataclass(frozen=True)
class Probes:
    """What is asked of the computer. ``drive_type`` takes ``D:\\`` and is asked on Windows only."""

    windows: bool
    system_drive: str
    drive_type: Callable[[str], int]
    mounts: Callable[[], Sequence[Mount]]
    is_usb: Callable[[str], bool]
    is_directory: Callable[[PurePath], bool]
    exists: Callable[[PurePath], bool]
    is_writable: Callable[[PurePath], bool]
    free_bytes: Callable[[PurePath], int]


@dataclass(frozen=True)
class Location:
    """A usable place: ``warnings`` in the order in which they should be read."""

    folder: Path
    free_bytes: int
    warnings: tuple[LocationWarning, ...]


def look_at(folder: Path) -> Location:
    """What there is to know about a folder that exists or could be made; refuses a place that cannot be used."""
    if not folder.is_absolute():
        raise Refusal("location.not_absolute", folder=str(folder))
    probes = system_probes()
    _refuse_network(folder, probes)  # as typed: resolving a dead share would hang
    try:
        resolved = folder.resolve()
    except OSError as error:
        raise files.refusal_of(error, folder) from error
    free, warnings = judge(resolved, probes)
    return Location(folder, free, warnings)


def refuse_network(folder: Path) -> None:
    """Refuses a vault on a network share: SQLite corrupts there. Asks nothing of the share, which may be dead."""
    _refuse_network(folder.absolute(), system_probes())


def judge(folder: PurePath, probes: Probes) -> tuple[int, tuple[LocationWarning, ...]]:
    """Free bytes and warnings for an absolute, resolved folder; refuses a network share and what cannot be written."""
    _refuse_network(folder, probes)
    present = next((place for place in (folder, *folder.parents) if probes.exists(place)), None)
    if present is None or not probes.is_directory(present) or not probes.is_writable(present):
        raise Refusal("location.not_writable", folder=str(folder))
    free = probes.free_bytes(present)
    checks = (
        (LocationWarning.SYSTEM_DRIVE, _on_system_drive(folder, probes)),
        (LocationWarning.SYNCED, _is_synced(folder, probes)),
        (LocationWarning.REMOVABLE, _is_removable(folder, probes)),
        (LocationWarning.LOW_SPACE, free < LOW_SPACE),
    )
    return free, tuple(code for code, applies in checks if applies)


def suggestions() -> list[Path]:
    """Good places, the best first: a data drive when there is one, else a folder beside the user's documents."""
    probes = system_probes()
    documents = next(
        (place for place in (Path.home() / "文档", Path.home() / "Documents") if place.is_dir()), Path.home()
    )
    return [Path(place) for place in good_places(PurePath(documents), probes)]


def good_places(documents: PurePath, probes: Probes) -> list[PurePath]:
    """The candidates that can be used, those with the fewest warnings first."""
    roots: list[PurePath]
    if probes.windows:
        drives = [PureWindowsPath(f"{letter}:\\") for letter in "DEFGH"]
        roots = [drive for drive in drives if probes.drive_type(str(drive)) == _DRIVE_FIXED]
    else:
        roots = [PurePosixPath(mount.point) for mount in _data_partitions(probes.mounts())]
    judged: list[tuple[int, int, PurePath]] = []
    for order, root in enumerate([*roots, documents]):
        place = root / FOLDER_NAME
        try:
            _, warnings = judge(place, probes)
        except Refusal:
            continue
        judged.append((len(warnings), order, place))
    return [place for _, _, place in sorted(judged, key=lambda row: row[:2])]


def _refuse_network(folder: PurePath, probes: Probes) -> None:
    if probes.windows:
        # \\server\share and \\?\UNC\server\share; \\?\C:\ is local.
        drive = folder.drive.removeprefix("\\\\?\\").removeprefix("\\\\.\\")
        shared = drive.startswith("\\\\") or drive.upper().startswith("UNC\\")
        remote = shared or probes.drive_type(f"{drive}\\") == _DRIVE_REMOTE
    else:
        remote = bool(_NETWORK_TYPES.fullmatch(_mount_of(folder, probes.mounts()).type))
    if remote:
        raise Refusal("location.network", folder=str(folder))


def _on_system_drive(folder: PurePath, probes: Probes) -> bool:
    """On Linux only where a data partition stands beside the root: else there is no better place to name."""
    if probes.windows:
        return folder.drive.casefold().endswith(probes.system_drive.casefold())
    mounts = probes.mounts()
    root = _mount_of(PurePosixPath("/"), mounts)
    return _mount_of(folder, mounts).source == root.source and bool(_data_partitions(mounts))


def _is_synced(folder: PurePath, probes: Probes) -> bool:
    if any(_SYNCED_NAMES.fullmatch(part) for part in folder.parts):
        return True
    return any(probes.exists(place / marker) for place in (folder, *folder.parents) for marker in _SYNC_MARKERS)


def _is_removable(folder: PurePath, probes: Probes) -> bool:
    if probes.windows:
        return probes.drive_type(f"{folder.drive}\\") == _DRIVE_REMOVABLE
    mount = _mount_of(folder, probes.mounts())
    return bool(_REMOVABLE_MOUNTS.fullmatch(mount.point)) or probes.is_usb(mount.source)


def _data_partitions(mounts: Sequence[Mount]) -> list[Mount]:
    """Partitions for data beside the root: writable, on a device of their own, neither the system's nor a stick."""
    root = _mount_of(PurePosixPath("/"), mounts)
    return [
        mount
        for mount in mounts
        if mount.source.startswith("/dev/")
        and not mount.source.startswith("/dev/loop")
        and mount.source != root.source
        and "ro" not in mount.options.split(",")
        and mount.point != "/"
        and not _SYSTEM_MOUNTS.fullmatch(mount.point)
        and not _REMOVABLE_MOUNTS.fullmatch(mount.point)
    ]


def _mount_of(folder: PurePath, mounts: Sequence[Mount]) -> Mount:
    """The mount with the longest matching point; of two on the same point the later one lies on top."""
    best = Mount("", "/", "")
    for mount in mounts:
        if folder.is_relative_to(mount.point) and len(mount.point) >= len(best.point):
            best = mount
    return best


def parse_mounts(text: str) -> list[Mount]:
    """The kernel's mount table; blank, tab, newline and backslash stand in it as octal escapes of bytes."""
    mounts = []
    for line in text.splitlines():
        fields = [_unescape(field) for field in line.split(" ")]
        if len(fields) >= 4:
            mounts.append(Mount(*fields[:4]))
    return mounts


def _unescape(field: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), field)


def system_probes() -> Probes:
    """The probes of this computer; the mount table is read once."""
    windows = sys.platform == "win32"
    mounts = parse_mounts(_mount_table()) if not windows else []
    return Probes(
        windows=windows,
        system_drive=os.environ.get("SYSTEMDRIVE", "C:"),
        drive_type=_drive_type,
        mounts=lambda: mounts,
        is_usb=_is_usb,
        is_directory=lambda place: Path(place).is_dir(),
        exists=lambda place: _seen(Path(place)),
        is_writable=lambda place: files.is_writable(Path(place)),
        free_bytes=lambda place: shutil.disk_usage(place).free,
    )


def _seen(place: Path) -> bool:
    try:
        return place.exists()
    except OSError:  # a parent that may not be entered: nothing to be seen there
        return False


def _mount_table() -> str:
    try:
        return files.read(_MOUNTS, at_most=4 * 1024**2).decode("utf-8", "surrogateescape")
    except Refusal:  # a system without /proc: nothing is known to be a share
        return ""


def _is_usb(source: str) -> bool:
    """Whether a block device hangs on USB: its path in sysfs runs through the bus."""
    device = Path("/sys/class/block") / PurePosixPath(source).name
    return source.startswith("/dev/") and any(part.startswith("usb") for part in device.resolve().parts)


if sys.platform == "win32":
    import ctypes

    def _drive_type(root: str) -> int:
        return int(ctypes.windll.kernel32.GetDriveTypeW(root))
else:

    def _drive_type(root: str) -> int:
        """Drives are Windows's."""
        raise NotImplementedError(f"no drive letters here: {root}")
