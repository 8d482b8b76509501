"""Files as LibreOffice has them."""

import subprocess
from pathlib import Path


def convert(folder: Path, ending: str, *files: Path) -> None:
    """Write each file into the folder with another ending; a complaint fails the test."""
    home = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", home, "--headless", "--convert-to", ending, "--outdir", folder, *files]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    assert "rror" not in done.stdout + done.stderr
