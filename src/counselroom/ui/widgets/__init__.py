"""The parts that pages are made of; each draws itself from ``ui.theme`` and is right in both palettes."""
