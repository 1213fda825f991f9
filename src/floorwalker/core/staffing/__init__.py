"""How many people does a load take, and how many can be spared? See docs/staffing.md."""
