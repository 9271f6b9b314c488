"""A shell in which presign's completions are set up as its users would, and a bucket to complete."""

import os
from pathlib import Path

import pytest

from tests.completion.shells import READY, shell

COMPLETIONS = Path(__file__).parents[2] / "completions"
PROMPTS = {"bash": "$#"[os.getuid() == 0], "zsh": "%#"[os.getuid() == 0], "fish": ">#"[os.getuid() == 0]}
SETUP = {
    "bash": [f"PS1='{READY}'", f"source {COMPLETIONS}/presign"],
    "zsh": [f"PROMPT='{READY}'", f"fpath=({COMPLETIONS} $fpath)", "autoload -Uz compinit", "compinit -u -D"],
    "fish": [
        "function fish_prompt; echo -n 'ready>'; end",
        "set -g fish_autosuggestion_enabled 0",
        f"set -p fish_complete_path {COMPLETIONS}",
    ],
}


@pytest.fixture(scope="module", params=SETUP)
def prompt(request, tmp_path_factory, gateway):
    """The shell at its prompt, for all tests of a module; its folder holds files and profiles."""
    folder = tmp_path_factory.mktemp(request.param)
    (folder / ".aws").mkdir()
    profiles = folder / ".aws" / "config"
    profiles.write_text("[default]\n[profile support]\n[profile sandbox]\n[sso-session x]\n")
    (folder / "codes").mkdir()
    with shell(request.param, folder, env={"AWS_CONFIG_FILE": str(profiles), **gateway.environ}) as one:
        one.wait_for(*PROMPTS[request.param])
        prompt, *others = SETUP[request.param]
        one.type(prompt)
        one.send("Enter")
        one.wait_for(f"\n{READY}")
        for command in others:
            one.run(command)
        yield one
