"""The unplanned routine's pages."""
