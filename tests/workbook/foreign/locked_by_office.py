"""Ask LibreOffice to open what is locked: it takes a password in a macro only."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

_MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1"
 script:language="StarBasic">
Sub Convert(source As String, target As String, pass As String)
  Dim opened(1) As New com.sun.star.beans.PropertyValue
  opened(0).Name = "Hidden"
  opened(0).Value = True
  opened(1).Name = "Password"
  opened(1).Value = pass
  Dim doc As Object
  doc = StarDesktop.loadComponentFromURL(source, "_blank", 0, opened())
  Dim stored(1) As New com.sun.star.beans.PropertyValue
  stored(0).Name = "FilterName"
  stored(0).Value = "Text - txt - csv (StarCalc)"
  stored(1).Name = "FilterOptions"
  stored(1).Value = "44,34,76,1,,0,false,true,false"
  doc.storeToURL(target, stored())
  doc.close(True)
End Sub
</script:module>
"""


def opened_by_libreoffice(path: Path, password: str, folder: Path) -> str:
    """Return the first sheet of a locked workbook as CSV, "" where LibreOffice cannot open it."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("needs LibreOffice (soffice)")
    profile, target = folder / "profile", folder / "opened.csv"
    start = [office, f"-env:UserInstallation={profile.as_uri()}", "--headless"]
    # The first start fills the profile, and would write over the macro.
    subprocess.run([*start, "--terminate_after_init"], capture_output=True, timeout=60, check=True)
    (profile / "user/basic/Standard/Module1.xba").write_text(_MACRO, encoding="utf-8")
    call = f'Convert("{path.as_uri()}","{target.as_uri()}","{password}")'
    subprocess.run(
        [*start, f"macro:///Standard.Module1.{call}"], capture_output=True, timeout=60, check=False
    )
    return target.read_text(encoding="utf-8") if target.exists() else ""
