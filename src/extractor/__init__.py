"""Read a Japanese prefecture's yearly PDF report into validated JSON.

The way through, as `pipeline` goes it: `read`, `lay_out`, `segment`, `interpret`, `link`, `assemble`, `check`; then
`write`. `run` takes many files that way, each in a process of its own (`isolate`); `golden` keeps what was accepted;
`cli` is the door. Below them all: `model` (the types), `profile` (a family of reports), `vocabulary`, `years`, `fold`.
"""

__version__ = "0.1.0"
