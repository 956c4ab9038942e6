import pytest

from knowledge.drafting.answer import ModelReply, TokenCount
from knowledge.drafting.brief import Brief
from knowledge.errors import ModelError, ModelUnreachable
from knowledge.interfaces import LanguageModel
from knowledge.models.scripted import ScriptedModel
from tests.builders import a_passage, an_answer

BRIEF = Brief(ticket="Can I export?", asks=(), passages={"P1": a_passage("You can export.")})
ANSWER = an_answer(("You can export.", "P1", "You can export."))
REPLY = ModelReply(answer=ANSWER, tokens=TokenCount(prompt=7, completion=3))


async def test_gives_its_replies_in_turn() -> None:
    model: LanguageModel = ScriptedModel(ANSWER, REPLY)
    assert await model.compose(BRIEF) == ModelReply(answer=ANSWER)
    assert await model.compose(BRIEF) == REPLY


async def test_raises_an_exception_where_the_script_has_one_and_goes_on_after_it() -> None:
    model = ScriptedModel(ModelUnreachable("No connection: try again."), REPLY)
    with pytest.raises(ModelUnreachable, match="No connection"):
        await model.compose(BRIEF)
    assert await model.compose(BRIEF) == REPLY


async def test_a_function_answers_from_the_brief() -> None:
    def quote_first(brief: Brief) -> ModelReply:
        handle, passage = next(iter(brief.passages.items()))
        return ModelReply(answer=an_answer((passage.text, handle, passage.text)))

    assert (await ScriptedModel(quote_first).compose(BRIEF)).answer == ANSWER


async def test_keeps_every_brief_even_those_it_had_no_answer_to() -> None:
    model = ScriptedModel(ModelUnreachable("No connection: try again."))
    other = BRIEF.model_copy(update={"ticket": "And import?"})
    with pytest.raises(ModelUnreachable):
        await model.compose(BRIEF)
    with pytest.raises(LookupError):
        await model.compose(other)
    assert model.briefs == [BRIEF, other]


async def test_the_end_of_the_script_is_no_fault_of_a_model() -> None:
    model = ScriptedModel(REPLY, name="rehearsal")
    await model.compose(BRIEF)
    with pytest.raises(LookupError, match="“rehearsal” has no reply for brief 2") as caught:
        await model.compose(BRIEF)
    assert not isinstance(caught.value, ModelError)


def test_has_a_name() -> None:
    assert ScriptedModel().name == "scripted"
