"""What went wrong on a way to a calendar."""


class NotDelivered(Exception):
    """It has not arrived. `code` is worded in wording.PROBLEMS."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
