"""One folder per system. Each reads faithfully, and says what was refused and why."""
