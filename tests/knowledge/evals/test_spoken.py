import random

import pytest

from knowledge.drafting.built_in import BUILT_IN_ESCALATIONS
from knowledge.drafting.phrases import first
from knowledge.evals.spoken import spoken

TRIGGERS = [trigger for rule in BUILT_IN_ESCALATIONS.values() for trigger in rule.triggers]


@pytest.mark.parametrize("trigger", TRIGGERS)
def test_each_built_in_trigger_is_shown_by_words_that_a_customer_can_write(trigger: str) -> None:
    for seed in range(8):
        said = spoken(trigger, random.Random(seed))  # noqa: S311 - Not a secret.
        assert not set("(|)~") & set(said)
        assert first((trigger,), f"I say {said} to you."), said


def test_one_of_each_alternatives_is_said_whole_words_before_beginnings() -> None:
    chances = (random.Random(seed) for seed in range(40))  # noqa: S311 - As above.
    said = {spoken("(refund~|money) ... (back)", chance) for chance in chances}
    assert said == {"money back", "money really back", "money just back", "money again back"}
