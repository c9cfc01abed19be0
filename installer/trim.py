"""What the packaged program leaves out. Read by counselroom.spec, and by the check after the build."""

import re
import sys
from pathlib import PurePosixPath

# Never needed, though some library would import them if they were there.
EXCLUDED_MODULES = (
    *(f"PySide6.Qt{name}" for name in ("Concurrent", "DBus", "Designer", "Help", "Network", "OpenGL", "OpenGLWidgets")),
    *(f"PySide6.Qt{name}" for name in ("Pdf", "PdfWidgets", "Qml", "Quick", "QuickWidgets", "Sql", "Test", "UiTools")),
    *(f"PIL._{name}" for name in ("avif", "imagingcms", "imagingft", "imagingtk", "webp")),
    "_curses",
    "_sqlite3",
    "_ssl",
    "curses",
    "fontTools",
    "hypothesis",
    "lib2to3",
    "matplotlib",
    "mypy",
    "pip",
    "pydoc",
    "pytest",
    "readline",
    "setuptools",
    "sqlite3",
    "ssl",
    "tkinter",
    "unittest",
)

# Plugins that stay, by their folder; every other plugin goes. The input contexts carry Chinese input.
PLUGINS = {
    "iconengines": {"qsvgicon"},
    "imageformats": {"qjpeg", "qsvg"},
    "platforminputcontexts": {"composeplatforminputcontextplugin", "ibusplatforminputcontextplugin"},
    "platforms": {"qoffscreen", "qwindows", "qxcb"},
    "platformthemes": {"qxdgdesktopportal"},
    "printsupport": {"cupsprintersupport"},
    "styles": {"qmodernwindowsstyle"},
}
# Qt's own libraries that stay. DBus is for the ibus input context: Qt's Gui library is linked with it too.
QT_LIBRARIES = {"Core", "DBus", "Gui", "OpenGL", "PrintSupport", "Svg", "Widgets", "XcbQpa"}

QT_LIBRARY = re.compile(r"^(?:lib)?Qt6(\w+?)\.(?:so|dll)")
PLUGIN = re.compile(r"PySide6/(?:Qt/)?plugins/(\w[\w-]*)/(?:lib)?(\w[\w-]*)\.\w+$")
TRANSLATION = re.compile(r"PySide6/(?:Qt/)?translations/(.+)$")
# Libraries of the system that come along all the same: Python's own modules are linked with exactly these versions.
PYTHONS_OWN = re.compile(r"lib(python3|ffi|crypto|bz2|lzma|expat|mpdec|uuid)\b")
# Windows: the software renderer for OpenGL, which widgets do not use.
UNUSED_FILES = {"opengl32sw.dll", "d3dcompiler_47.dll"}
# reportlab's own Latin fonts: every sheet embeds the shipped typefaces.
UNUSED_FOLDERS = ("reportlab/fonts/",)


def keeps(target: str, source: str) -> bool:
    """Whether a file goes into the bundle, by the place it gets there and the one it comes from."""
    place = target.replace("\\", "/")
    name = PurePosixPath(place).name
    plugin = PLUGIN.search(place)
    if plugin:
        return plugin[2] in PLUGINS.get(plugin[1], set())
    translation = TRANSLATION.search(place)
    if translation:
        return translation[1] in ("qtbase_zh_CN.qm", "qt_zh_CN.qm")
    library = QT_LIBRARY.match(name)
    if library:
        return library[1] in QT_LIBRARIES
    return name not in UNUSED_FILES and not place.startswith(UNUSED_FOLDERS) and not _from_debian(source)


def _from_debian(source: str) -> bool:
    """A library of the system: the Debian package depends on what holds it, so security updates reach it."""
    if sys.platform != "linux" or not source.startswith(("/usr/lib/", "/lib/")) or "/python3" in source:
        return False
    return not PYTHONS_OWN.match(PurePosixPath(source).name)
