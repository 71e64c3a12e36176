from __future__ import annotations

import errno
import socket
from pathlib import Path

import pytest

from samspill.flows.folder import LEAST_FREE, CannotStart, file_system, prepare, sentence, take, too_full
from samspill.flows.start import open_door

MOUNTS = r"""
21 1 254:1 / / rw,relatime shared:1 - ext4 /dev/vda rw
30 21 0:26 / /srv rw shared:2 - nfs4 server:/export rw
31 30 0:27 / /srv/local rw - xfs /dev/sdb rw
32 21 0:28 / /mnt/my\040share rw - cifs //nas/share rw
""".strip()


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/anne/samspill", "ext4"),
        ("/srv", "nfs4"),
        ("/srv/samspill/data", "nfs4"),
        ("/srv/local/data", "xfs"),
        ("/srvlocal", "ext4"),
        ("/mnt/my share/data", "cifs"),
    ],
)
def test_file_system_of_the_nearest_mount(folder, kind):
    assert file_system(Path(folder), MOUNTS) == kind


def test_nothing_is_told_where_there_is_no_list_of_mounts():
    assert file_system(Path("/srv"), "") == ""


def test_folder_is_made_and_kept_from_other_eyes(tmp_path):
    prepare(tmp_path / "a" / "data", sqlite=True)
    assert (tmp_path / "a" / "data").stat().st_mode & 0o777 == 0o700


def test_folder_that_cannot_be_written_is_refused_with_a_sentence(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(CannotStart, match="cannot be written"):
        prepare(tmp_path / "file" / "data", sqlite=True)


def test_second_start_is_refused_until_the_first_has_ended(tmp_path):
    held = take(tmp_path)
    with pytest.raises(CannotStart, match=r"already running on the data folder .* \(process \d+\)"):
        take(tmp_path)
    held.close()
    take(tmp_path).close()


@pytest.mark.parametrize(("free", "refused"), [(LEAST_FREE, False), (LEAST_FREE - 1, True)])
def test_disk_needs_a_little_room(tmp_path, free, refused):
    assert bool(too_full(tmp_path, free)) is refused


def test_only_faults_of_the_disk_have_a_sentence():
    assert "full" in sentence(OSError(errno.ENOSPC, "No space left on device"))
    assert "full" in sentence(OSError(errno.EDQUOT, "Disk quota exceeded"))
    assert sentence(ValueError("x")) == ""
    wrapped = ValueError("x")
    wrapped.__cause__ = OSError(errno.ENOSPC, "No space left on device")
    assert "full" in sentence(wrapped)


@pytest.mark.enable_socket
def test_port_in_use_is_said():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CannotStart, match=f"Port {port}"):
            open_door("127.0.0.1", port)
    open_door("127.0.0.1", port).close()
