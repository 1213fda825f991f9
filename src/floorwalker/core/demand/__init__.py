"""How many contacts will come, when, and with how much doubt? See docs/forecasting.md."""
