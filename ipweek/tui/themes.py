"""Three themes with one accent colour each; green, amber and red are for verdicts and conflicts."""

from textual.theme import Theme

DARK = Theme(
    name="ipweek-dark",
    primary="#5fb3b3",
    secondary="#5fb3b3",
    accent="#5fb3b3",
    foreground="#d8dee4",
    background="#14181c",
    surface="#1b2026",
    panel="#2a323a",
    success="#6cc07a",
    warning="#e0b04c",
    error="#ea6a6a",
    dark=True,
    variables={"muted": "#8b979f"},
)

LIGHT = Theme(
    name="ipweek-light",
    primary="#0b6e6e",
    secondary="#0b6e6e",
    accent="#0b6e6e",
    foreground="#1d2429",
    background="#fbfaf7",
    surface="#f1efe9",
    panel="#dedad0",
    success="#1d7a34",
    warning="#8a5a00",
    error="#b3261e",
    dark=False,
    variables={"muted": "#666e70"},
)

CONTRAST = Theme(
    name="ipweek-contrast",
    primary="#ffff00",
    secondary="#ffff00",
    accent="#ffff00",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#3a3a3a",
    success="#00ff5f",
    warning="#ffd700",
    error="#ff7070",
    dark=True,
    text_alpha=1.0,
    variables={"muted": "#d0d0d0"},
)

THEMES = (DARK, LIGHT, CONTRAST)
