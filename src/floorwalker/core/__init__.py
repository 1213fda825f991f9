"""Pure rooms: values and tables in, values and tables out. No Django, no connection, no clock, no human language."""
