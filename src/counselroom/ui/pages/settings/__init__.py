"""Settings: sections at the left, one of them at the right."""

from counselroom.ui.pages.settings.page import SettingsPage

__all__ = ["SettingsPage"]
