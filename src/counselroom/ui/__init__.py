"""The window: pages, widgets, one table model, one job runner, one dialog seam, one theme."""
