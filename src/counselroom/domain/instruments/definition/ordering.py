"""The order in which scores can be made."""

from counselroom.domain.instruments.definition.definition import Definition
from counselroom.domain.instruments.definition.scores import Score


def in_order(form: Definition) -> list[Score]:
    """The scores, each after those that it is made of. Raises ValueError with the ids of a cycle."""
    left = {score.id: score for score in form.scores}
    done: list[Score] = []
    while left:
        ready = [score for score in left.values() if not set(score.scores) & left.keys()]
        if not ready:
            raise ValueError(*sorted(left))
        done.extend(ready)
        for score in ready:
            del left[score.id]
    return done
