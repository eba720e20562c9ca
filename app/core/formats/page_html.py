"""A web page that is complete in itself: one file, no scripts, nothing loaded from elsewhere."""

from __future__ import annotations

from html import escape

from app.core.formats.front import Front

_RTL = frozenset({"ar", "he", "fa", "ur", "yi"})
_STYLE = """
:root { color-scheme: light dark; --ink: #23211f; --quiet: #6d6862; --line: #d9d4cc;
  --page: #fdfcfa; --soft: #f2efe9; --link: #2a5db0; }
@media (prefers-color-scheme: dark) { :root { --ink: #dedad3; --quiet: #9a948b; --line: #45413c;
  --page: #1c1b1a; --soft: #282624; --link: #8db4f5; } }
html { background: var(--page); color: var(--ink); }
body { font: 18px/1.6 Literata, Georgia, "Noto Serif CJK SC", "Songti SC", SimSun, serif;
  max-width: 38em; margin: 3em auto; padding: 0 1.25em; overflow-wrap: break-word; }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; margin: 1.8em 0 0.5em; }
header { margin-bottom: 2.5em; } header h1 { margin: 0; }
header p { color: var(--quiet); margin: 0.3em 0; }
a { color: var(--link); } img { max-width: 100%; height: auto; }
pre, code { font-family: "JetBrains Mono", Consolas, Menlo, "DejaVu Sans Mono", monospace;
  font-size: 0.85em; }
code { background: var(--soft); padding: 0.1em 0.25em; border-radius: 3px; }
pre { background: var(--soft); padding: 0.9em 1.1em; border-radius: 6px; overflow-x: auto; }
pre code { padding: 0; background: none; }
blockquote { margin: 1em 0; padding: 0 1.1em; border-inline-start: 3px solid var(--line);
  color: var(--quiet); }
table { border-collapse: collapse; margin: 1.2em 0; } th, td { border-bottom: 1px solid var(--line);
  padding: 0.35em 0.8em; text-align: start; vertical-align: top; } th { border-bottom-width: 2px; }
hr { border: 0; border-top: 1px solid var(--line); margin: 2.5em auto; width: 40%; }
ul.task-list { list-style: none; padding-inline-start: 1.2em; }
.footnotes { font-size: 0.88em; margin-top: 3em; }
@media print { body { margin: 0; max-width: none; font-size: 11pt; } a { color: inherit; } }
""".strip()
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def as_page(body: str, title: str, front: Front, lang: str) -> str:
    """The page around ``body``, which is HTML; ``title`` is for the browser, ``front`` is shown."""
    direction = ' dir="rtl"' if lang.split("-")[0].lower() in _RTL else ""
    authors = ", ".join(front.author)
    metas = [
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        *([f'<meta name="author" content="{escape(authors)}">'] if authors else []),
        f"<title>{escape(title)}</title>",
        f"<style>\n{_STYLE}\n</style>",
    ]
    shown = [
        *([f'<h1 class="title">{escape(front.title)}</h1>'] if front.title else []),
        *(
            f"<p>{escape(each)}</p>"
            for each in (front.subtitle, authors, front.date)
            if each and front.title
        ),
    ]
    header = (
        '<header id="title-block-header">\n{}\n</header>\n'.format("\n".join(shown))
        if shown
        else ""
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(lang)}"{direction}>\n<head>\n'
        + "\n".join(metas)
        + f"\n</head>\n<body>\n{header}{body.strip()}\n</body>\n</html>\n"
    )
