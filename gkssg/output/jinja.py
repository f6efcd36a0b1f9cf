"""Jinja2 with fewer steps to the same page: a page asks for some thirty words, and calls as many macros and helpers.

What Jinja2 does for any callable, word or template is done here for those that the theme has; the pages are the same.
"""

from collections.abc import Callable, MutableMapping
from contextlib import suppress
from types import BuiltinMethodType, MethodType
from typing import Any

from jinja2 import Environment, nodes
from jinja2.runtime import Context, Macro
from jinja2.visitor import NodeTransformer
from markupsafe import Markup


class ThemeContext(Context):
    """Calls macros, and methods that want nothing of Jinja2, at once."""

    def call(__self, __obj: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:  # noqa: N805, ANN401
        """Call what a template calls."""
        kind = type(__obj)
        if kind is Macro:
            args = (__self.eval_ctx, *args)
        elif kind is not BuiltinMethodType and (kind is not MethodType or hasattr(__obj, "jinja_pass_arg")):
            return super().call(__obj, *args, **kwargs)
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        return __obj(*args, **kwargs)


class ThemeEnvironment(Environment):
    """Templates that call ``wording`` as ``_``; what it says by itself is said when they are compiled."""

    context_class = ThemeContext

    def __init__(self, wording: Callable[[str], Markup], **options: Any) -> None:  # noqa: ANN401
        super().__init__(**options)
        self._wording = wording

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Keep the names that all templates see in a plain dict: every import on every page compares them."""
        return {**self.globals, **(d or {})}

    def _generate(self, source: nodes.Template, *args: Any, **options: Any) -> str:  # noqa: ANN401
        """Compile a template; Jinja2 has this method to be overridden."""
        return super()._generate(_Said(self._wording).visit(source), *args, **options)


class _Said(NodeTransformer):
    """Puts the words in the place of ``{{ _("…") }}``; with values in them, they wait for the page.

    Within an expression they wait too: what Jinja2 works out in advance has forgotten that words need no escapes.
    """

    def __init__(self, wording: Callable[[str], Markup]) -> None:
        self._wording = wording

    def visit_Output(self, node: nodes.Output) -> nodes.Node:  # noqa: N802
        """Say the words that are put out as they are."""
        node.nodes = [self._said(child) for child in node.nodes]
        return self.generic_visit(node)

    def _said(self, node: nodes.Expr) -> nodes.Expr:
        match node:
            case nodes.Call(
                node=nodes.Name(name="_"),
                args=[nodes.Const(value=str(text))],
                kwargs=[],
                dyn_args=None,
                dyn_kwargs=None,
            ):
                with suppress(KeyError, TypeError, ValueError):  # a stray % is told of when the page is made
                    return nodes.TemplateData(str(self._wording(text)), lineno=node.lineno)
        return node
