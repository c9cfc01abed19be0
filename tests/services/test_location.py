"""Rules on where the vault may lie; those of Windows and Linux alike run on every machine."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest

from counselroom.domain.refusal import Refusal
from counselroom.services.vault import location
from counselroom.services.vault.location import (
    FOLDER_NAME,
    LOW_SPACE,
    LocationWarning,
    Mount,
    Probes,
    judge,
    parse_mounts,
)

ROOT = Mount("/dev/sda2", "/", "ext4")
DATA = Mount("/dev/sda3", "/data", "ext4")
DRIVES = {"C:\\": 3, "D:\\": 3, "E:\\": 2, "Z:\\": 4}


def probes_for(*, windows: bool = False, mounts: tuple[Mount, ...] = (ROOT,), there: tuple[str, ...] = ()) -> Probes:
    """Probes of an invented computer on which everything exists but the sync markers, except those named."""

    def exists(place: PurePath) -> bool:
        return str(place) in there if place.name.startswith(".") else True

    return Probes(
        windows=windows,
        system_drive="C:",
        drive_type=lambda drive: DRIVES.get(drive, 1),
        mounts=lambda: mounts,
        is_usb=lambda source: source == "/dev/sdz1",
        is_directory=lambda place: True,
        exists=exists,
        is_writable=lambda place: True,
        free_bytes=lambda place: LOW_SPACE,
    )


def refused(call: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as caught:
        call()
    return caught.value.code


@pytest.mark.parametrize(
    "folder",
    [r"\\server\心理", r"\\server\share\a", r"\\?\UNC\server\share\a", "//server/share/a", r"Z:\心理辅导", "z:/a"],
)
def test_windows_shares_are_refused(folder: str) -> None:
    probes = replace(probes_for(windows=True), drive_type=lambda drive: DRIVES.get(drive.upper(), 1))
    assert refused(lambda: judge(PureWindowsPath(folder), probes)) == "location.network"


@pytest.mark.parametrize(
    ("folder", "warnings"),
    [
        (r"D:\心理辅导室数据", ()),
        (r"\\?\D:\心理辅导室数据", ()),
        (r"C:\Users\teacher\Documents\x", (LocationWarning.SYSTEM_DRIVE,)),
        (r"c:\x", (LocationWarning.SYSTEM_DRIVE,)),
        (r"E:\x", (LocationWarning.REMOVABLE,)),
        (r"D:\BaiduSyncdisk\心理", (LocationWarning.SYNCED,)),
        (r"C:\Users\t\OneDrive - 某某中学\文档", (LocationWarning.SYSTEM_DRIVE, LocationWarning.SYNCED)),
    ],
)
def test_windows_places(folder: str, warnings: tuple[LocationWarning, ...]) -> None:
    assert judge(PureWindowsPath(folder), probes_for(windows=True)) == (LOW_SPACE, warnings)


@pytest.mark.parametrize(
    "kind",
    ["nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "fuse.sshfs", "fuse.rclone", "davfs", "fuse.davfs2"],
)
def test_linux_shares_are_refused(kind: str) -> None:
    mounts = (ROOT, Mount("server:/pub", "/mnt/share", kind))
    assert refused(lambda: judge(PurePosixPath("/mnt/share/a/b"), probes_for(mounts=mounts))) == "location.network"
    assert judge(PurePosixPath("/mnt/shared"), probes_for(mounts=mounts))[1] == ()


def test_the_longest_mount_decides_and_the_later_one_lies_on_top() -> None:
    share = Mount("server:/", "/mnt", "nfs4")
    local = Mount("/dev/sda5", "/mnt/local", "ext4")
    assert judge(PurePosixPath("/mnt/local/x"), probes_for(mounts=(ROOT, share, local)))[1] == ()
    above = (ROOT, local, Mount("server:/", "/mnt/local", "cifs"))
    assert refused(lambda: judge(PurePosixPath("/mnt/local/x"), probes_for(mounts=above))) == "location.network"


def test_linux_system_disk_is_named_only_where_a_data_partition_stands_beside_it() -> None:
    home = PurePosixPath("/home/t/x")
    assert judge(home, probes_for())[1] == ()
    assert judge(home, probes_for(mounts=(ROOT, DATA)))[1] == (LocationWarning.SYSTEM_DRIVE,)
    assert judge(PurePosixPath("/data/x"), probes_for(mounts=(ROOT, DATA)))[1] == ()


@pytest.mark.parametrize(
    "other",
    [
        Mount("/dev/sda1", "/boot/efi", "vfat"),
        Mount("/dev/loop3", "/snap/core", "squashfs"),
        Mount("/dev/sda2", "/home", "btrfs"),
        Mount("/dev/sdb1", "/media/t/STICK", "vfat"),
        Mount("/dev/sr0", "/mnt/cd", "iso9660", "ro,relatime"),
        Mount("tmpfs", "/data", "tmpfs"),
    ],
)
def test_what_is_no_data_partition(other: Mount) -> None:
    assert judge(PurePosixPath("/srv/x"), probes_for(mounts=(ROOT, other)))[1] == ()


@pytest.mark.parametrize("mount", [Mount("/dev/sdb1", "/media/t/STICK", "vfat"), Mount("/dev/sdz1", "/usb", "ext4")])
def test_linux_sticks_are_named(mount: Mount) -> None:
    warnings = judge(PurePosixPath(mount.point) / "x", probes_for(mounts=(ROOT, mount)))[1]
    assert warnings == (LocationWarning.REMOVABLE,)


@pytest.mark.parametrize(
    "part",
    ["OneDrive", "Dropbox", "Nutstore", "我的坚果云", "坚果云", "BaiduNetdisk", "百度网盘", "iCloudDrive", "WPS云盘",
     "WPSDrive", "Google Drive", "Dropbox (个人)"],
)  # fmt: skip
def test_synchronised_folders_by_name(part: str) -> None:
    assert judge(PurePosixPath("/home/t") / part / "x", probes_for())[1] == (LocationWarning.SYNCED,)
    assert judge(PurePosixPath("/home/t") / f"关于{part}的说明" / "x", probes_for())[1] == ()


@pytest.mark.parametrize("marker", [".stfolder", ".dropbox", ".owncloudsync.log"])
def test_synchronised_folders_by_marker_in_any_folder_above(marker: str) -> None:
    probes = probes_for(there=(f"/home/t/sync/{marker}",))
    assert judge(PurePosixPath("/home/t/sync/a/b"), probes)[1] == (LocationWarning.SYNCED,)
    assert judge(PurePosixPath("/home/t/other"), probes)[1] == ()


def test_low_space() -> None:
    probes = replace(probes_for(), free_bytes=lambda place: LOW_SPACE - 1)
    assert judge(PurePosixPath("/srv/x"), probes) == (LOW_SPACE - 1, (LocationWarning.LOW_SPACE,))


def test_what_cannot_be_written_is_refused_and_the_nearest_folder_that_exists_is_asked() -> None:
    asked: list[PurePath] = []

    def is_writable(place: PurePath) -> bool:
        asked.append(place)
        return False

    probes = replace(probes_for(), exists=lambda place: len(place.parts) <= 2, is_writable=is_writable)
    assert refused(lambda: judge(PurePosixPath("/srv/a/b"), probes)) == "location.not_writable"
    assert asked == [PurePosixPath("/srv")]
    on_a_file = replace(probes_for(), is_directory=lambda place: False)
    assert refused(lambda: judge(PurePosixPath("/srv/a"), on_a_file)) == "location.not_writable"
    no_drive = replace(probes_for(windows=True), exists=lambda place: False)
    assert refused(lambda: judge(PureWindowsPath("Q:\\a"), no_drive)) == "location.not_writable"


def test_mount_table() -> None:
    table = "proc /proc proc rw 0 0\n/dev/sdb1 /media/t/U\\040盘\\134\\011 vfat rw,nosuid 0 0\nshort line\n"
    assert parse_mounts(table) == [
        Mount("proc", "/proc", "proc", "rw"),
        Mount("/dev/sdb1", "/media/t/U 盘\\\t", "vfat", "rw,nosuid"),
    ]


def test_good_places_begin_with_the_one_that_needs_no_warning() -> None:
    windows = location.good_places(PureWindowsPath(r"C:\Users\t\Documents"), probes_for(windows=True))
    assert windows == [PureWindowsPath("D:\\") / FOLDER_NAME, PureWindowsPath(r"C:\Users\t\Documents") / FOLDER_NAME]
    linux = location.good_places(PurePosixPath("/home/t/文档"), probes_for(mounts=(ROOT, DATA)))
    assert linux == [PurePosixPath("/data") / FOLDER_NAME, PurePosixPath("/home/t/文档") / FOLDER_NAME]
    share = (ROOT, Mount("server:/home", "/home", "nfs4"))
    assert location.good_places(PurePosixPath("/home/t/文档"), probes_for(mounts=share)) == []


def test_look_at_a_real_folder(tmp_path: Path) -> None:
    wanted = tmp_path / "心理 辅导" / "数据"
    found = location.look_at(wanted)
    assert found.folder == wanted
    assert found.free_bytes > 0
    assert not wanted.parent.exists()
    assert list(tmp_path.iterdir()) == []


def test_look_at_refuses_a_relative_folder_and_a_file(tmp_path: Path) -> None:
    assert refused(lambda: location.look_at(Path("数据"))) == "location.not_absolute"
    (tmp_path / "file").write_text("x")
    assert refused(lambda: location.look_at(tmp_path / "file")) == "location.not_writable"
    assert refused(lambda: location.look_at(tmp_path / "file" / "below")) == "location.not_writable"


def test_refuse_network_asks_the_mount_table_and_not_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    location.refuse_network(tmp_path / "not there")
    share = (ROOT, Mount("server:/", str(tmp_path.parent), "nfs4"))
    probes = replace(probes_for(mounts=share), exists=lambda place: pytest.fail("the share was asked"))
    monkeypatch.setattr(location, "system_probes", lambda: probes)
    assert refused(lambda: location.refuse_network(tmp_path)) == "location.network"


def test_look_at_follows_a_link_to_where_it_leads(tmp_path: Path) -> None:
    target = tmp_path / "Nutstore"
    target.mkdir()
    link = tmp_path / "data"
    try:
        link.symlink_to(target, target_is_directory=True)
    except OSError:
        pytest.skip("this account may not make links (Windows)")
    assert LocationWarning.SYNCED in location.look_at(link).warnings


def test_suggestions_can_all_be_used() -> None:
    places = location.suggestions()
    assert places
    for place in places:
        assert place.name == FOLDER_NAME
        location.look_at(place)
