"""The one seam for visible words: Qt's translator, source language Chinese.

Every visible literal of the window goes through ``tr``; codes go through ``word`` and ``refusal_words``. Another
language is a file: resources/i18n/counselroom_<locale>.qm, chosen by COUNSELROOM_LANG.
"""

import os
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from counselroom import resources

if TYPE_CHECKING:
    from counselroom.domain.refusal import Refusal
    from counselroom.words import RefusalWords

CONTEXT = "ui"
_SOURCE_LOCALE = "zh_CN"


def tr(text: str, **values: object) -> str:
    """The text in the language of the window, with its ``{values}`` filled in."""
    translated = QCoreApplication.translate(CONTEXT, text)
    return translated.format(**values) if values else translated


def mark(text: str) -> str:
    """Names a sentence for translation where it stands as a constant; ``tr`` is called when it is shown."""
    return text


def word(key: str, **values: object) -> str:
    """The words of a catalogue key (``role.counselor_lead``) in the language of the window."""
    from counselroom import words  # the first paint does without the catalogue

    return words.fill(QCoreApplication.translate(CONTEXT, words.raw(key)), values)


def refusal_words(refusal: "Refusal") -> "RefusalWords":
    """What happened, what is safe and what to do, in the language of the window."""
    from counselroom import words

    source = words.raw_refusal(refusal.code)
    parts = (source.what, source.safe, source.do)
    return words.RefusalWords(
        *(words.fill(QCoreApplication.translate(CONTEXT, part), refusal.values) if part else "" for part in parts)
    )


def without_title(name: str) -> str:
    """A name without the title that is put behind it anyway; some accounts are called so."""
    return name.removesuffix(tr("老师")).rstrip() or name


def install(app: QCoreApplication) -> list[QTranslator]:
    """Gives the application its translators: Qt's own buttons, then the language file when one is chosen."""
    locale = os.environ.get("COUNSELROOM_LANG") or _SOURCE_LOCALE
    qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    wanted = [(f"qtbase_{locale}", qt_folder)]
    if locale != _SOURCE_LOCALE:
        wanted.append((f"counselroom_{locale}", str(resources.path("i18n"))))
    QLocale.setDefault(QLocale(locale))  # dates and kinds of files in Qt's own dialogs
    installed = []
    for name, folder in wanted:
        translator = QTranslator(app)
        if translator.load(name, folder):
            app.installTranslator(translator)
            installed.append(translator)
    return installed
