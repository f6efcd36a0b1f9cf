"""The shape of the house: imports point down, nothing crosses the gate, and the checks that say so can fail."""

import ast
from pathlib import Path
import shutil
import subprocess
import sys

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "gkssg").rglob("*.py"))

PLANTED = {
    "an upward import": ("gkssg/site/paging.py", "import gkssg.disclose\n"),
    "an import across the gate": ("gkssg/output/feeds.py", "from gkssg.archive.model import Archive\n"),
    "an import inside a function": ("gkssg/site/plan.py", "\ndef late() -> None:\n    import gkssg.archive.load\n"),
    "an import for types only": (
        "gkssg/markup/body.py",
        "\nfrom typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from gkssg.archive.model import Document\n",
    ),
    "a module without a place": ("gkssg/unlisted.py", '"""A module."""\n'),
}


def kept(root: Path) -> bool:
    """Run the import contracts on a checkout."""
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache", "--config", "pyproject.toml"]
    run = subprocess.run(command, cwd=root, capture_output=True, check=False, env={"PYTHONPATH": str(root)})
    return run.returncode == 0


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Copy the package and its settings, so that a test may spoil them."""
    shutil.copytree(ROOT / "gkssg", tmp_path / "gkssg", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_import_contracts_hold(checkout: Path) -> None:
    assert kept(checkout)


@pytest.mark.parametrize(("path", "text"), PLANTED.values(), ids=PLANTED.keys())
def test_the_import_contracts_see_a_fault(checkout: Path, path: str, text: str) -> None:
    with (checkout / path).open("a", encoding="utf-8") as module:
        module.write(text)
    assert not kept(checkout)


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_module_says_what_it_is(module: Path) -> None:
    assert ast.get_docstring(ast.parse(module.read_text("utf-8")))


def test_only_the_command_line_prints_and_reads_the_clock() -> None:
    impure = {"print", "input", "exit"}
    for module in MODULES:
        tree = ast.parse(module.read_text("utf-8"))
        calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
        names = {func.id for func in calls if isinstance(func, ast.Name)}
        methods = {func.attr for func in calls if isinstance(func, ast.Attribute)}
        if module.name not in {"cli.py", "__main__.py"}:
            assert not names & impure, module
            assert not methods & {"now", "today", "time", "exit"}, module
    assert len(MODULES) > 40
