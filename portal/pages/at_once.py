"""Our pages' templates, rendered at once.

Datasette's environment awaits every call and every loop of a template, for the sake of the few that need it. A page of ours calls nothing
that is awaited. And nearly all that it names are values of rows, which are looked up as such first.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextvars import copy_context
from functools import cache, partial
from typing import Any

from jinja2 import Environment, Template, Undefined

Apart = Callable[[Callable[[], str]], Awaitable[str]]


class AtOnce(Template):
    """A template that Datasette renders as it does any other, and that awaits nothing: in the thread of pages, where there is one."""

    async def render_async(self, *args: Any, **kwargs: Any) -> str:
        def rendered() -> str:
            return self.render(*args, **kwargs)

        apart = self.environment.apart if isinstance(self.environment, OfRows) else None
        return await apart(partial(copy_context().run, rendered)) if apart else rendered()


class Nothing(Undefined):
    """What is not there, shown as nothing; jinja2's own is asked for its HTML by raising and catching an AttributeError."""

    __slots__ = ()

    def __html__(self) -> str:
        return ""


class OfRows(Environment):
    """An environment in which `row.key` is the row's value before it is a method of dicts."""

    template_class = AtOnce
    apart: Apart | None = None  # runs a function in the thread of pages

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


def template(environment: Environment, name: str) -> Template:
    """A template of ours by its name, of Datasette's environment. Raises jinja2.TemplateNotFound."""
    return at_once(environment).get_template(name)


@cache
def at_once(environment: Environment) -> OfRows:
    """The environment of our pages, of Datasette's."""
    own = OfRows(loader=environment.loader, autoescape=True, undefined=Nothing, auto_reload=False)
    own.globals, own.filters, own.tests = environment.globals, environment.filters, environment.tests
    return own
