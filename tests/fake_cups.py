"""CUPS's commands as scripts: they print what a test says and keep what they were asked."""

from pathlib import Path

import pytest

_LPSTAT = """#!/bin/sh
printf '%s' "$LC_ALL" > locale
case "$*" in
    *-W*) cat queue ;;
    *-H*) echo localhost:1 ;;
    *) cat printers; cat trouble >&2; test ! -s trouble ;;
esac
"""
_LP = """#!/bin/sh
case "$1" in -i)
    if [ -s stuck ]; then cat stuck >&2; exit 1; fi
    echo "$2" >> released; exit 0;;
esac
printf '%s\\n' "$@" >> asked
if [ -s refusal ]; then cat refusal >&2; exit 1; fi
for last; do :; done
count=$(($(cat count) + 1))
echo $count > count
cp "$last" $count.pdf
echo "request id is label-$count (1 file(s))"
"""
_CANCEL = """#!/bin/sh
echo "$1" >> cancelled
"""
_IPPTOOL = """#!/bin/sh
echo "        job-state (enum) = $(cat ended)"
"""
READY = """printer label is idle.  enabled since Mon Nov 23 15:00:35 2026
label accepting requests since Mon Nov 23 15:00:35 2026
no system default destination
"""


class FakeCups:
    """A folder of scripts and of what they say; `label` is the one printer at first."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        folder.mkdir()
        for name in ("queue", "trouble", "refusal", "asked", "cancelled", "released", "stuck"):
            self.says(name, "")
        self.says("printers", READY)
        self.says("count", "0")
        self.says("ended", "completed")
        commands = {"lpstat": _LPSTAT, "lp": _LP, "cancel": _CANCEL, "ipptool": _IPPTOOL}
        for name, script in commands.items():
            shebang, rest = script.split("\n", 1)
            (folder / "bin").mkdir(exist_ok=True)
            file = folder / "bin" / name
            file.write_text(f"{shebang}\ncd '{folder}'\n{rest}", encoding="utf-8")
            file.chmod(0o755)
        monkeypatch.setenv("PATH", f"{folder / 'bin'}:/usr/bin:/bin")

    def says(self, name: str, text: str) -> None:
        """What a script finds in its file."""
        (self.folder / name).write_text(text, encoding="utf-8")

    def was(self, name: str) -> list[str]:
        """What a script kept, line by line."""
        return (self.folder / name).read_text(encoding="utf-8").splitlines()

    @property
    def taken(self) -> list[bytes]:
        """The files that `lp` took, in their order."""
        return [
            path.read_bytes() for path in sorted(self.folder.glob("*.pdf"), key=lambda path: int(path.stem))
        ]

    def stop(self, why: str = "paper out") -> None:
        """Stop the printer."""
        self.says("printers", READY.replace("is idle.  enabled since Mon Nov 23 15:00:35 2026",
                                            f"disabled since Mon Nov 23 15:00:35 2026 -\n\t{why}"))  # fmt: skip
