"""Every colour, size and distance of the window, light and dark, and how they reach Qt.

Nothing else in the program holds a colour or a length. Fusion style under one palette and one small style sheet
(resources/style/window.qss, whose ``$names`` are the names below). Pages ask ``now()`` when they paint; ``changed``
tells those who keep something made of colours.
"""

from enum import Enum, IntEnum, StrEnum
from string import Template

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from counselroom import resources
from counselroom.ui import fonts


class _Pair:
    """One colour: light and dark."""

    def __init__(self, light: str, dark: str) -> None:
        self.values = (light, dark)

    def __get__(self, colours: "Colours", _owner: type) -> str:
        return self.values[colours.dark]


class Colours:
    """One of the two palettes. A plain class: this is on the way to the first paint."""

    def __init__(self, *, dark: bool) -> None:
        self.dark = dark

    desk = _Pair("#F5F1E9", "#1D1C1A")  # window background
    nav = _Pair("#EAE4D8", "#161513")  # navigation column
    sheet = _Pair("#FFFDF9", "#262523")  # paper surface that carries content
    inset = _Pair("#F8F4EC", "#2E2C29")  # quiet block inside a sheet, group rows
    line = _Pair("#E4DDCF", "#3C3935")  # sheet border, hairline
    line_soft = _Pair("#EEE8DC", "#33312D")  # table row line, hour lines
    line_strong = _Pair("#CFC6B5", "#524E47")  # header line, scroll handle, spine
    field = _Pair("#938A7A", "#857E72")  # border of editable fields (3:1)
    btn_line = _Pair("#C3B9A7", "#5C574F")  # border of secondary buttons
    field_bg = _Pair("#FFFFFF", "#211F1D")  # inside of editable fields
    ink = _Pair("#272A2C", "#E9E4DA")  # text
    ink2 = _Pair("#53575A", "#C0B9AD")  # secondary text
    ink3 = _Pair("#65665F", "#A8A196")  # hints, placeholders, authors
    nav_ink = _Pair("#5A574F", "#B3ACA0")  # navigation text
    accent = _Pair("#33586C", "#9CC2D2")  # primary button, selected marker, current step
    accent_hover = _Pair("#29495A", "#B3D2DE")  # primary hover
    accent_text = _Pair("#2D5367", "#A9CBD9")  # links, quiet buttons, chart line
    accent_soft = _Pair("#E4ECEE", "#2B3940")  # selected row, chosen chip, talks in the calendar
    accent_line = _Pair("#A9C0CA", "#4E6B78")  # border of a chosen chip
    on_accent = _Pair("#FFFFFF", "#12232B")  # text on accent
    on_accent2 = _Pair("#D3E1E7", "#2C4854")  # key hint on accent
    focus = _Pair("#1D6F93", "#7FC4E4")  # focus ring, now line
    danger = _Pair("#98362F", "#E59A90")  # overdue, error, destructive
    danger_soft = _Pair("#F8E7E3", "#412824")  # error banner
    warn = _Pair("#7F4F12", "#E7B879")  # due soon, missing
    warn_soft = _Pair("#F8ECD9", "#3D3021")  # warning banner
    ok = _Pair("#3F6247", "#A5C7AB")  # done
    ok_soft = _Pair("#E9F0E7", "#29332B")  # success banner, open hours
    info_soft = _Pair("#E4ECEE", "#2B3940")  # information banner
    disabled_bg = _Pair("#ECE7DD", "#34312D")  # disabled primary
    track = _Pair("#E6E0D3", "#3C3935")  # progress track, privacy bar
    fill = _Pair("#5D8397", "#7FA8BA")  # progress
    fill_done = _Pair("#7D9A83", "#8DB096")  # progress at 100 %
    hit = _Pair("#F6E3A6", "#4E4219")  # search match
    count = _Pair("#8A4A2A", "#C98A5E")  # count bubble in the navigation
    on_count = _Pair("#FFFFFF", "#1D130C")  # text in it
    lv0_fg = _Pair("#44644B", "#A9C7AE")  # badge of severity N: text
    lv0_bg = _Pair("#EEF3EB", "#28312A")  # ground
    lv0_line = _Pair("#B8C9B8", "#4B5E4E")  # frame
    lv0_ink = _Pair("#44644B", "#A9C7AE")  # plain shape and word on a surface
    lv1_fg = _Pair("#6B560C", "#E2CA7C")
    lv1_bg = _Pair("#F8F1D8", "#37311C")
    lv1_line = _Pair("#D8C783", "#6C6032")
    lv1_ink = _Pair("#6B560C", "#E2CA7C")
    lv2_fg = _Pair("#8A4510", "#F2B27E")
    lv2_bg = _Pair("#F9E6D4", "#412C1D")
    lv2_line = _Pair("#D9A777", "#835733")
    lv2_ink = _Pair("#8F4A12", "#F2B27E")
    lv3_fg = _Pair("#FFFFFF", "#FFFFFF")
    lv3_bg = _Pair("#98362F", "#BB5047")
    lv3_line = _Pair("#98362F", "#BB5047")
    lv3_ink = _Pair("#98362F", "#EE9C91")
    toast_bg = _Pair("#272A2C", "#3A3733")  # toast, dark in both modes
    toast_text = _Pair("#F5F1E9", "#F5F1E9")  # text in it
    toast_action = _Pair("#A9D3E4", "#A9D3E4")  # undo in it
    hill1 = _Pair("#EBE8DF", "#222322")  # hills of the lock screen, back to front
    hill2 = _Pair("#DFE1DB", "#262A2A")
    hill3 = _Pair("#D0D7D5", "#2A3032")
    popup_shadow = _Pair("#24282218", "#73000000")  # shadow of menus and lists

    def as_dict(self) -> dict[str, str]:
        """Every colour by its name."""
        return {name: getattr(self, name) for name, value in vars(Colours).items() if isinstance(value, _Pair)}


LIGHT = Colours(dark=False)
DARK = Colours(dark=True)


class Space(IntEnum):
    """Distances on the 8 px grid; 4 inside components only."""

    XS = 4
    S = 8
    M = 12
    L = 16
    XL = 24
    XXL = 48


class Radius(IntEnum):
    """Corner radii."""

    BAR = 3
    BADGE = 4
    BUTTON = 6
    SHEET = 8
    CHIP = 15


class Size(IntEnum):
    """Lengths in logical pixels."""

    HAIRLINE = 1
    FOCUS = 2
    FOCUS_GAP = 2
    MARKER = 3
    URGENT_EDGE = 5
    MIN_WIDTH = 1280
    MIN_HEIGHT = 650
    REFERENCE_WIDTH = 1366
    REFERENCE_HEIGHT = 768
    NAV = 88
    NAV_ITEM = 56
    TOP_BAR = 60
    PAGE_SIDE = 24
    PAGE_BOTTOM = 20
    GAP_COLUMNS = 16
    GAP_SHEETS = 12
    GAP_CHIPS = 8
    BUTTON = 36
    BUTTON_SMALL = 30
    FIELD = 36
    FIELD_LOCK = 44
    CHIP = 30
    TAG = 22
    BADGE = 24
    BADGE_INLINE = 22
    KEY = 20
    TABLE_HEAD = 32
    TABLE_ROW = 36
    TABLE_ROW_TOUCHY = 40
    GROUP_ROW = 32
    TODO_ROW = 44
    TODO_BUTTON = 100
    CELL_LEFT = 12
    CELL_RIGHT = 8
    CELL_LAST = 16
    ICON = 16
    ICON_BANNER = 18
    ICON_NAV = 20
    ICON_EMPTY = 32
    BAR = 6
    SCROLL_BAR = 10
    CHECK = 16
    SEARCH = 304
    DIALOG = 480
    STEPS = 264
    STEP_ROW = 42
    STEP_NODE = 24


TOAST_MS = 8000
TOAST_FADE_MS = 120
LINE_HEIGHT = 110  # per cent of the font's own line, which is 1.45 em already


class Type(Enum):
    """Sizes of letters: pixels, family, weight. Values that coincide are one style under two names."""

    CLOCK = (56, "serif", 400)
    DISPLAY = (26, "serif", 600)
    GREETING = (24, "serif", 600)
    TITLE = (20, "serif", 600)
    NUMBER = (20, "sans", 600)
    LEAD = (16, "sans", 400)
    LEAD_STRONG = (16, "sans", 600)
    SECTION = (14, "sans", 600)
    BODY = (14, "sans", 400)
    BUTTON_PRIMARY = (14, "sans", 500)
    BADGE = (13, "sans", 500)
    META = (13, "sans", 400)
    KEY = (12, "sans", 400)


class Mode(StrEnum):
    """What the user chose."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Tone(StrEnum):
    """Colours that text may have; the value is a name of ``Colours``."""

    INK = "ink"
    INK2 = "ink2"
    INK3 = "ink3"
    DANGER = "danger"
    WARN = "warn"
    OK = "ok"


class _Theme(QObject):
    """The present palette; follows the system while the mode says so."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.mode = Mode.SYSTEM
        self.colours = LIGHT
        self.following = False

    def on_system_scheme(self) -> None:
        app = QApplication.instance()
        if self.mode is Mode.SYSTEM and isinstance(app, QApplication):
            _dress(app)


_theme = _Theme()
changed = _theme.changed


def apply(app: QApplication, mode: Mode | str = Mode.SYSTEM, *, fusion: bool = False) -> None:
    """Dresses the whole application; may be called again with another mode at any time.

    ``fusion``: the application was started in that style; making it a second time would cost 5 ms of the first paint.
    """
    hints = app.styleHints()
    if not _theme.following:
        if not fusion:
            app.setStyle("Fusion")
        app.setFont(font(Type.BODY))
        hints.colorSchemeChanged.connect(_theme.on_system_scheme)
        _theme.following = True
    _theme.mode = Mode(mode)
    # The native frame and the menus follow; Unknown gives the choice back to the system.
    schemes = {Mode.LIGHT: Qt.ColorScheme.Light, Mode.DARK: Qt.ColorScheme.Dark}
    hints.setColorScheme(schemes.get(_theme.mode, Qt.ColorScheme.Unknown))
    _dress(app)


def now() -> Colours:
    """The palette in force."""
    return _theme.colours


def mode() -> Mode:
    """What the user chose."""
    return _theme.mode


def colour(name: str) -> QColor:
    """A colour of the palette in force by its name."""
    return QColor(getattr(_theme.colours, name))


def font(style: Type) -> QFont:
    """The font of a style: pixel size, hinting off."""
    pixels, family, weight = style.value
    made = QFont(fonts.serif() if family == "serif" else fonts.sans())
    made.setPixelSize(pixels)
    made.setWeight(QFont.Weight(weight))
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


def rich(text: str) -> str:
    """Plain text as rich text with the line height of the design."""
    lines = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\n", "<br>")
    return f'<p style="margin:0; line-height:{LINE_HEIGHT}%">{lines}</p>'


def _dress(app: QApplication) -> None:
    dark = _theme.mode is Mode.DARK or (
        _theme.mode is Mode.SYSTEM and app.styleHints().colorScheme() is Qt.ColorScheme.Dark
    )
    _theme.colours = DARK if dark else LIGHT
    app.setPalette(_palette(_theme.colours))
    app.setStyleSheet(_style_sheet(_theme.colours))
    _theme.changed.emit()


def _style_sheet(colours: Colours) -> str:
    values: dict[str, object] = dict(colours.as_dict())
    values |= {f"size_{size.name.lower()}": size.value for size in Size}
    values |= {f"radius_{radius.name.lower()}": radius.value for radius in Radius}
    values |= {"tones": "\n".join(f'QLabel[tone="{t.name}"] {{ color: {getattr(colours, t)}; }}' for t in Tone)}
    return Template(resources.text("style", "window.qss")).substitute(values)


def _palette(colours: Colours) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    table = {
        role.Window: colours.desk,
        role.WindowText: colours.ink,
        role.Base: colours.field_bg,
        role.AlternateBase: colours.inset,
        role.Text: colours.ink,
        role.PlaceholderText: colours.ink3,
        role.Button: colours.sheet,
        role.ButtonText: colours.ink,
        role.BrightText: colours.danger,
        role.Light: colours.sheet,
        role.Midlight: colours.line_soft,
        role.Mid: colours.line,
        role.Dark: colours.field,
        role.Shadow: colours.line_strong,
        role.Highlight: colours.accent,
        role.HighlightedText: colours.on_accent,
        role.Accent: colours.accent,
        role.Link: colours.accent_text,
        role.LinkVisited: colours.accent_text,
        role.ToolTipBase: colours.sheet,
        role.ToolTipText: colours.ink,
    }
    for key, value in table.items():
        palette.setColor(key, QColor(value))
    for key in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, key, QColor(colours.ink3))
    return palette
