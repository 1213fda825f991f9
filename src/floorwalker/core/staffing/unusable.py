"""Input that cannot be read at all."""


class Unusable(ValueError):
    """`code` names the reason, `facts` fill its sentence."""

    def __init__(self, code: str, **facts: str) -> None:
        super().__init__(" ".join([code, *(f"{name}={value}" for name, value in facts.items())]))
        self.code, self.facts = code, facts
