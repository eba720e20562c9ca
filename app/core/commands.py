"""The table of commands: menus, keys, the list of keys and the tests are made from it."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.marks import QT_TRANSLATE_NOOP

WINDOW, PAGE, SUGGESTION, REVIEW = "window", "page", "suggestion", "review"
"""Where a command's key counts: everywhere, on the page, or there only while a suggestion is shown
or a rewrite is under review."""


@dataclass(frozen=True, slots=True)
class CommandSpec:
    """One command; ``shortcut`` is Qt's portable text, "" for none.

    With another ``context`` than WINDOW the part of the window that it is named after sees to the
    key, so that the key keeps its usual meaning at all other times.
    """

    id: str
    title: str
    menu: str
    shortcut: str = ""
    icon: str = ""
    checkable: bool = False
    context: str = WINDOW
    also: tuple[str, ...] = ()
    """Further keys for it."""


MENUS: tuple[str, ...] = (
    QT_TRANSLATE_NOOP("Commands", "&File"),
    QT_TRANSLATE_NOOP("Commands", "&Edit"),
    QT_TRANSLATE_NOOP("Commands", "F&ormat"),
    QT_TRANSLATE_NOOP("Commands", "&Write"),
    QT_TRANSLATE_NOOP("Commands", "&Rewrite"),
    QT_TRANSLATE_NOOP("Commands", "&Chat"),
    QT_TRANSLATE_NOOP("Commands", "&View"),
    QT_TRANSLATE_NOOP("Commands", "&Tools"),
    QT_TRANSLATE_NOOP("Commands", "&Help"),
)
FILE, EDIT, FORMAT, WRITE, REWRITE, CHAT, VIEW, TOOLS, HELP = MENUS

COMMANDS: tuple[CommandSpec, ...] = (
    CommandSpec(
        "file.new", QT_TRANSLATE_NOOP("Commands", "&New"), FILE, "Ctrl+N", also=("Ctrl+T",)
    ),
    CommandSpec("file.open", QT_TRANSLATE_NOOP("Commands", "&Open\u2026"), FILE, "Ctrl+O"),
    CommandSpec("file.save", QT_TRANSLATE_NOOP("Commands", "&Save"), FILE, "Ctrl+S"),
    CommandSpec(
        "file.save_as", QT_TRANSLATE_NOOP("Commands", "Save &As\u2026"), FILE, "Ctrl+Shift+S"
    ),
    CommandSpec(
        "file.encoding", QT_TRANSLATE_NOOP("Commands", "Rea&d in Another Encoding\u2026"), FILE
    ),
    CommandSpec(
        "file.export", QT_TRANSLATE_NOOP("Commands", "&Export\u2026"), FILE, "Ctrl+Shift+E"
    ),
    CommandSpec(
        "file.export_review",
        QT_TRANSLATE_NOOP("Commands", "Export Revie&w as Word\u2026"),
        FILE,
    ),
    CommandSpec("file.page_setup", QT_TRANSLATE_NOOP("Commands", "Page Set-&up\u2026"), FILE),
    CommandSpec("file.preview", QT_TRANSLATE_NOOP("Commands", "Print Pre&view\u2026"), FILE),
    CommandSpec("file.print", QT_TRANSLATE_NOOP("Commands", "Pr&int\u2026"), FILE, "Ctrl+P"),
    CommandSpec(
        "file.preferences", QT_TRANSLATE_NOOP("Commands", "&Preferences\u2026"), FILE, "Ctrl+,"
    ),
    CommandSpec("file.close", QT_TRANSLATE_NOOP("Commands", "&Close"), FILE, "Ctrl+W"),
    CommandSpec("file.close_others", QT_TRANSLATE_NOOP("Commands", "Close O&thers"), FILE),
    CommandSpec(
        "file.reopen",
        QT_TRANSLATE_NOOP("Commands", "Reopen Closed Docu&ment"),
        FILE,
        "Ctrl+Shift+T",
    ),
    CommandSpec(
        "file.shortcuts",
        QT_TRANSLATE_NOOP("Commands", "&Keyboard Shortcuts\u2026"),
        FILE,
        "Ctrl+Alt+K",
    ),
    CommandSpec("file.quit", QT_TRANSLATE_NOOP("Commands", "&Quit"), FILE, "Ctrl+Q"),
    CommandSpec("edit.undo", QT_TRANSLATE_NOOP("Commands", "&Undo"), EDIT, "Ctrl+Z"),
    CommandSpec("edit.redo", QT_TRANSLATE_NOOP("Commands", "&Redo"), EDIT, "Ctrl+Shift+Z"),
    CommandSpec("edit.cut", QT_TRANSLATE_NOOP("Commands", "Cu&t"), EDIT, "Ctrl+X"),
    CommandSpec("edit.copy", QT_TRANSLATE_NOOP("Commands", "&Copy"), EDIT, "Ctrl+C"),
    CommandSpec(
        "edit.copy_rich",
        QT_TRANSLATE_NOOP("Commands", "Copy as R&ich Text"),
        EDIT,
        "Ctrl+Shift+C",
        context=PAGE,
    ),
    CommandSpec("edit.paste", QT_TRANSLATE_NOOP("Commands", "&Paste"), EDIT, "Ctrl+V"),
    CommandSpec(
        "edit.paste_plain",
        QT_TRANSLATE_NOOP("Commands", "Paste as Plai&n Text"),
        EDIT,
        "Ctrl+Shift+V",
        context=PAGE,
    ),
    CommandSpec(
        "edit.paste_markdown",
        QT_TRANSLATE_NOOP("Commands", "Paste as &Markdown"),
        EDIT,
        "Ctrl+Alt+V",
        context=PAGE,
    ),
    CommandSpec("edit.select_all", QT_TRANSLATE_NOOP("Commands", "Select &All"), EDIT, "Ctrl+A"),
    CommandSpec("edit.find", QT_TRANSLATE_NOOP("Commands", "&Find"), EDIT, "Ctrl+F"),
    CommandSpec("edit.replace", QT_TRANSLATE_NOOP("Commands", "R&eplace"), EDIT, "Ctrl+H"),
    CommandSpec("edit.find_next", QT_TRANSLATE_NOOP("Commands", "Find Ne&xt"), EDIT, "F3"),
    CommandSpec(
        "edit.find_previous", QT_TRANSLATE_NOOP("Commands", "Find Pre&vious"), EDIT, "Shift+F3"
    ),
    CommandSpec("edit.go_to_line", QT_TRANSLATE_NOOP("Commands", "&Go to Line"), EDIT, "Ctrl+G"),
    CommandSpec(
        "edit.go_to_heading", QT_TRANSLATE_NOOP("Commands", "Go to &Heading"), EDIT, "Ctrl+Shift+O"
    ),
    CommandSpec(
        "edit.move_up",
        QT_TRANSLATE_NOOP("Commands", "M&ove Lines Up"),
        EDIT,
        "Alt+Up",
        context=PAGE,
    ),
    CommandSpec(
        "edit.move_down",
        QT_TRANSLATE_NOOP("Commands", "Move Lines &Down"),
        EDIT,
        "Alt+Down",
        context=PAGE,
    ),
    CommandSpec(
        "edit.duplicate",
        QT_TRANSLATE_NOOP("Commands", "Duplicate Line&s"),
        EDIT,
        "Ctrl+D",
        context=PAGE,
    ),
    CommandSpec(
        "edit.delete_line",
        QT_TRANSLATE_NOOP("Commands", "De&lete Lines"),
        EDIT,
        "Ctrl+Shift+K",
        context=PAGE,
    ),
    CommandSpec(
        "edit.join", QT_TRANSLATE_NOOP("Commands", "&Join Lines"), EDIT, "Ctrl+J", context=PAGE
    ),
    CommandSpec(
        "format.strong", QT_TRANSLATE_NOOP("Commands", "&Bold"), FORMAT, "Ctrl+B", context=PAGE
    ),
    CommandSpec(
        "format.emphasis", QT_TRANSLATE_NOOP("Commands", "&Italic"), FORMAT, "Ctrl+I", context=PAGE
    ),
    CommandSpec(
        "format.strike",
        QT_TRANSLATE_NOOP("Commands", "&Strikethrough"),
        FORMAT,
        "Ctrl+Shift+X",
        context=PAGE,
    ),
    CommandSpec(
        "format.code", QT_TRANSLATE_NOOP("Commands", "&Code"), FORMAT, "Ctrl+E", context=PAGE
    ),
    CommandSpec(
        "format.link", QT_TRANSLATE_NOOP("Commands", "&Link"), FORMAT, "Ctrl+K", context=PAGE
    ),
    CommandSpec(
        "format.heading_deeper",
        QT_TRANSLATE_NOOP("Commands", "Heading a Level &Deeper"),
        FORMAT,
        "Ctrl+]",
        context=PAGE,
    ),
    CommandSpec(
        "format.heading_higher",
        QT_TRANSLATE_NOOP("Commands", "Heading a Level &Higher"),
        FORMAT,
        "Ctrl+[",
        context=PAGE,
    ),
    CommandSpec(
        "format.bullets",
        QT_TRANSLATE_NOOP("Commands", "B&ulleted List"),
        FORMAT,
        "Ctrl+Shift+8",
        context=PAGE,
    ),
    CommandSpec(
        "format.numbers",
        QT_TRANSLATE_NOOP("Commands", "&Numbered List"),
        FORMAT,
        "Ctrl+Shift+7",
        context=PAGE,
    ),
    CommandSpec(
        "format.tasks",
        QT_TRANSLATE_NOOP("Commands", "&Task List"),
        FORMAT,
        "Ctrl+Shift+9",
        context=PAGE,
    ),
    CommandSpec(
        "format.done",
        QT_TRANSLATE_NOOP("Commands", "Task Don&e"),
        FORMAT,
        "Ctrl+Return",
        context=PAGE,
    ),
    CommandSpec(
        "format.quote",
        QT_TRANSLATE_NOOP("Commands", "&Quote"),
        FORMAT,
        "Ctrl+Shift+Q",
        context=PAGE,
    ),
    CommandSpec(
        "format.table",
        QT_TRANSLATE_NOOP("Commands", "&Align the Table"),
        FORMAT,
        "Ctrl+Shift+L",
        context=PAGE,
    ),
    CommandSpec(
        "write.ghost_toggle",
        QT_TRANSLATE_NOOP("Commands", "&Suggest While Writing"),
        WRITE,
        "Ctrl+Alt+G",
        "ghost",
        True,
    ),
    CommandSpec(
        "write.suggest_now", QT_TRANSLATE_NOOP("Commands", "Suggest &Now"), WRITE, "Alt+\\"
    ),
    CommandSpec(
        "suggestion.take",
        QT_TRANSLATE_NOOP("Commands", "&Take the Suggestion"),
        WRITE,
        "Tab",
        context=SUGGESTION,
    ),
    CommandSpec(
        "suggestion.take_sentence",
        QT_TRANSLATE_NOOP("Commands", "Take a S&entence of It"),
        WRITE,
        "Alt+Right",
        context=SUGGESTION,
    ),
    CommandSpec(
        "suggestion.take_word",
        QT_TRANSLATE_NOOP("Commands", "Take a &Word of It"),
        WRITE,
        "Ctrl+Right",
        context=SUGGESTION,
    ),
    CommandSpec(
        "suggestion.next",
        QT_TRANSLATE_NOOP("Commands", "Ne&xt Suggestion"),
        WRITE,
        "Alt+]",
        context=SUGGESTION,
    ),
    CommandSpec(
        "suggestion.previous",
        QT_TRANSLATE_NOOP("Commands", "Pre&vious Suggestion"),
        WRITE,
        "Alt+[",
        context=SUGGESTION,
    ),
    CommandSpec(
        "suggestion.words",
        QT_TRANSLATE_NOOP("Commands", "Other W&ords\u2026"),
        WRITE,
        "Alt+Down",
        context=SUGGESTION,
    ),
    CommandSpec(
        "suggestion.dismiss",
        QT_TRANSLATE_NOOP("Commands", "&Dismiss It"),
        WRITE,
        "Esc",
        context=SUGGESTION,
    ),
    CommandSpec("spelling.next", QT_TRANSLATE_NOOP("Commands", "Next &Mistake"), WRITE, "F7"),
    CommandSpec(
        "spelling.previous",
        QT_TRANSLATE_NOOP("Commands", "Previo&us Mistake"),
        WRITE,
        "Shift+F7",
    ),
    CommandSpec(
        "spelling.toggle",
        QT_TRANSLATE_NOOP("Commands", "Check S&pelling"),
        WRITE,
        checkable=True,
    ),
    CommandSpec(
        "grammar.toggle",
        QT_TRANSLATE_NOOP("Commands", "Chec&k Grammar"),
        WRITE,
        checkable=True,
    ),
    CommandSpec(
        "spelling.dictionaries",
        QT_TRANSLATE_NOOP("Commands", "Spelling &and Dictionaries\u2026"),
        WRITE,
    ),
    CommandSpec(
        "grammar.read",
        QT_TRANSLATE_NOOP("Commands", "Read T&hrough with the Model"),
        WRITE,
        "Ctrl+F7",
    ),
    CommandSpec("grammar.rules", QT_TRANSLATE_NOOP("Commands", "G&rammar Rules\u2026"), WRITE),
    CommandSpec("write.counts", QT_TRANSLATE_NOOP("Commands", "&Counts"), WRITE, "Ctrl+Shift+G"),
    CommandSpec("write.goal", QT_TRANSLATE_NOOP("Commands", "&Goal of the Day"), WRITE),
    CommandSpec("rewrite.proofread", QT_TRANSLATE_NOOP("Commands", "&Proofread"), REWRITE, "Alt+1"),
    CommandSpec("rewrite.clearer", QT_TRANSLATE_NOOP("Commands", "&Clearer"), REWRITE, "Alt+2"),
    CommandSpec("rewrite.shorter", QT_TRANSLATE_NOOP("Commands", "&Shorter"), REWRITE, "Alt+3"),
    CommandSpec("rewrite.longer", QT_TRANSLATE_NOOP("Commands", "&Longer"), REWRITE, "Alt+6"),
    CommandSpec("rewrite.formal", QT_TRANSLATE_NOOP("Commands", "&Formal"), REWRITE, "Alt+4"),
    CommandSpec("rewrite.friendly", QT_TRANSLATE_NOOP("Commands", "F&riendly"), REWRITE, "Alt+5"),
    CommandSpec(
        "rewrite.simpler", QT_TRANSLATE_NOOP("Commands", "Simple &Words"), REWRITE, "Alt+7"
    ),
    CommandSpec(
        "rewrite.bullets", QT_TRANSLATE_NOOP("Commands", "&Bullet Points"), REWRITE, "Alt+8"
    ),
    CommandSpec("rewrite.table", QT_TRANSLATE_NOOP("Commands", "&Table"), REWRITE, "Alt+9"),
    CommandSpec("rewrite.title", QT_TRANSLATE_NOOP("Commands", "T&itle"), REWRITE),
    CommandSpec("rewrite.continue", QT_TRANSLATE_NOOP("Commands", "C&ontinue"), REWRITE),
    CommandSpec("rewrite.translate", QT_TRANSLATE_NOOP("Commands", "Translat&e to\u2026"), REWRITE),
    CommandSpec(
        "rewrite.custom",
        QT_TRANSLATE_NOOP("Commands", "Own Instr&uction\u2026"),
        REWRITE,
        "Ctrl+Shift+R",
    ),
    CommandSpec(
        "rewrite.actions", QT_TRANSLATE_NOOP("Commands", "Actio&ns\u2026"), REWRITE, "Ctrl+Alt+W"
    ),
    CommandSpec(
        "review.accept",
        QT_TRANSLATE_NOOP("Commands", "&Accept Change"),
        REWRITE,
        "Alt+Return",
        context=REVIEW,
        also=("Alt+Enter",),
    ),
    CommandSpec(
        "review.reject",
        QT_TRANSLATE_NOOP("Commands", "Re&ject Change"),
        REWRITE,
        "Alt+Backspace",
        context=REVIEW,
    ),
    CommandSpec(
        "review.next",
        QT_TRANSLATE_NOOP("Commands", "Ne&xt Change"),
        REWRITE,
        "F9",
        context=REVIEW,
    ),
    CommandSpec(
        "review.previous",
        QT_TRANSLATE_NOOP("Commands", "Pre&vious Change"),
        REWRITE,
        "Shift+F9",
        context=REVIEW,
    ),
    CommandSpec(
        "review.accept_all",
        QT_TRANSLATE_NOOP("Commands", "Accept All C&hanges"),
        REWRITE,
        "Alt+Shift+Return",
        context=REVIEW,
        also=("Alt+Shift+Enter",),
    ),
    CommandSpec(
        "review.reject_all",
        QT_TRANSLATE_NOOP("Commands", "Reject All Chan&ges"),
        REWRITE,
        "Alt+Shift+Backspace",
        context=REVIEW,
    ),
    CommandSpec(
        "review.later",
        QT_TRANSLATE_NOOP("Commands", "Later Version of the Rewrite"),
        REWRITE,
        "Alt+.",
        context=REVIEW,
    ),
    CommandSpec(
        "review.earlier",
        QT_TRANSLATE_NOOP("Commands", "Earlier Version of the Rewrite"),
        REWRITE,
        "Alt+,",
        context=REVIEW,
    ),
    CommandSpec(
        "review.compare",
        QT_TRANSLATE_NOOP("Commands", "Co&mpare Versions of the Rewrite"),
        REWRITE,
        "Alt+/",
        context=REVIEW,
    ),
    CommandSpec(
        "chat.toggle_panel",
        QT_TRANSLATE_NOOP("Commands", "Show &Panel"),
        CHAT,
        "Ctrl+Alt+P",
        "panel",
        True,
    ),
    CommandSpec("chat.focus", QT_TRANSLATE_NOOP("Commands", "&Ask"), CHAT, "Ctrl+Alt+A"),
    CommandSpec(
        "chat.add_document", QT_TRANSLATE_NOOP("Commands", "Add This &Document"), CHAT, "Ctrl+Alt+D"
    ),
    CommandSpec("chat.add_selection", QT_TRANSLATE_NOOP("Commands", "Add the &Selection"), CHAT),
    CommandSpec("chat.add_file", QT_TRANSLATE_NOOP("Commands", "Add &Files\u2026"), CHAT),
    CommandSpec(
        "chat.quote",
        QT_TRANSLATE_NOOP("Commands", "Answer With &Quotations"),
        CHAT,
        "Ctrl+Alt+Q",
        checkable=True,
    ),
    CommandSpec("chat.add_library", QT_TRANSLATE_NOOP("Commands", "Add t&he Library"), CHAT),
    CommandSpec(
        "chat.given", QT_TRANSLATE_NOOP("Commands", "&What the Model Is Given\u2026"), CHAT
    ),
    CommandSpec("chat.stop", QT_TRANSLATE_NOOP("Commands", "S&top"), CHAT, "Ctrl+."),
    CommandSpec(
        "chat.new", QT_TRANSLATE_NOOP("Commands", "&New Conversation"), CHAT, "Ctrl+Shift+N"
    ),
    CommandSpec(
        "chat.conversations",
        QT_TRANSLATE_NOOP("Commands", "All Con&versations"),
        CHAT,
        "Ctrl+Alt+H",
    ),
    CommandSpec("chat.rename", QT_TRANSLATE_NOOP("Commands", "&Rename Conversation"), CHAT),
    CommandSpec(
        "chat.instruction",
        QT_TRANSLATE_NOOP("Commands", "Instr&uction for This Conversation"),
        CHAT,
        "Ctrl+Alt+U",
    ),
    CommandSpec("chat.export", QT_TRANSLATE_NOOP("Commands", "&Export Conversation\u2026"), CHAT),
    CommandSpec("chat.delete", QT_TRANSLATE_NOOP("Commands", "De&lete Conversation"), CHAT),
    CommandSpec("chat.edit", QT_TRANSLATE_NOOP("Commands", "Edit &Message"), CHAT, "Ctrl+Alt+M"),
    CommandSpec(
        "chat.regenerate",
        QT_TRANSLATE_NOOP("Commands", "Re&generate Answer"),
        CHAT,
        "Ctrl+Alt+R",
    ),
    CommandSpec(
        "chat.previous_version",
        QT_TRANSLATE_NOOP("Commands", "Previ&ous Version"),
        CHAT,
        "Ctrl+Alt+,",
    ),
    CommandSpec(
        "chat.next_version", QT_TRANSLATE_NOOP("Commands", "Ne&xt Version"), CHAT, "Ctrl+Alt+."
    ),
    CommandSpec("chat.copy", QT_TRANSLATE_NOOP("Commands", "&Copy Answer"), CHAT, "Ctrl+Alt+Y"),
    CommandSpec("chat.insert", QT_TRANSLATE_NOOP("Commands", "&Insert Answer"), CHAT, "Ctrl+Alt+I"),
    CommandSpec(
        "chat.replace",
        QT_TRANSLATE_NOOP("Commands", "Replace Selection &by Answer"),
        CHAT,
        "Ctrl+Alt+B",
    ),
    CommandSpec(
        "view.palette", QT_TRANSLATE_NOOP("Commands", "&Command Palette"), VIEW, "Ctrl+Shift+P"
    ),
    CommandSpec(
        "view.outline",
        QT_TRANSLATE_NOOP("Commands", "Out&line"),
        VIEW,
        "Ctrl+Alt+O",
        checkable=True,
    ),
    CommandSpec("view.next_area", QT_TRANSLATE_NOOP("Commands", "Next A&rea"), VIEW, "F6"),
    CommandSpec(
        "view.previous_area", QT_TRANSLATE_NOOP("Commands", "Previous &Area"), VIEW, "Shift+F6"
    ),
    CommandSpec("view.zoom_in", QT_TRANSLATE_NOOP("Commands", "Zoom &In"), VIEW, "Ctrl++"),
    CommandSpec("view.zoom_out", QT_TRANSLATE_NOOP("Commands", "Zoom &Out"), VIEW, "Ctrl+-"),
    CommandSpec("view.zoom_reset", QT_TRANSLATE_NOOP("Commands", "&Usual Size"), VIEW, "Ctrl+0"),
    CommandSpec(
        "view.theme.system", QT_TRANSLATE_NOOP("Commands", "&System Theme"), VIEW, checkable=True
    ),
    CommandSpec("view.theme.paper", QT_TRANSLATE_NOOP("Commands", "&Paper"), VIEW, checkable=True),
    CommandSpec("view.theme.night", QT_TRANSLATE_NOOP("Commands", "&Night"), VIEW, checkable=True),
    CommandSpec("view.theme.sepia", QT_TRANSLATE_NOOP("Commands", "S&epia"), VIEW, checkable=True),
    CommandSpec(
        "view.theme.contrast",
        QT_TRANSLATE_NOOP("Commands", "&High Contrast"),
        VIEW,
        checkable=True,
    ),
    CommandSpec(
        "view.next_document",
        QT_TRANSLATE_NOOP("Commands", "Ne&xt Document"),
        VIEW,
        "Ctrl+Tab",
        also=("Ctrl+PgDown",),
    ),
    CommandSpec(
        "view.previous_document",
        QT_TRANSLATE_NOOP("Commands", "Pre&vious Document"),
        VIEW,
        "Ctrl+Shift+Tab",
        also=("Ctrl+PgUp",),
    ),
    CommandSpec(
        "view.move_right",
        QT_TRANSLATE_NOOP("Commands", "Move Ta&b Right"),
        VIEW,
        "Ctrl+Shift+PgDown",
    ),
    CommandSpec(
        "view.move_left",
        QT_TRANSLATE_NOOP("Commands", "&Move Tab Left"),
        VIEW,
        "Ctrl+Shift+PgUp",
    ),
    CommandSpec(
        "view.focus", QT_TRANSLATE_NOOP("Commands", "Focus Mo&de"), VIEW, "F8", checkable=True
    ),
    CommandSpec(
        "view.typewriter",
        QT_TRANSLATE_NOOP("Commands", "&Typewriter Scrolling"),
        VIEW,
        "Shift+F8",
        checkable=True,
    ),
    CommandSpec(
        "view.origin",
        QT_TRANSLATE_NOOP("Commands", "Show &Where Text Came From"),
        VIEW,
        "Ctrl+Alt+J",
        checkable=True,
    ),
    CommandSpec(
        "view.fullscreen",
        QT_TRANSLATE_NOOP("Commands", "&Full Screen"),
        VIEW,
        "F11",
        checkable=True,
    ),
    CommandSpec("tools.summary", QT_TRANSLATE_NOOP("Commands", "Su&mmarise\u2026"), TOOLS),
    CommandSpec("tools.keywords", QT_TRANSLATE_NOOP("Commands", "&Keywords\u2026"), TOOLS),
    CommandSpec("tools.tone", QT_TRANSLATE_NOOP("Commands", "Tone and Se&ntiment\u2026"), TOOLS),
    CommandSpec("tools.ideas", QT_TRANSLATE_NOOP("Commands", "&Brainstorm\u2026"), TOOLS),
    CommandSpec(
        "tools.translate", QT_TRANSLATE_NOOP("Commands", "T&ranslate and Couplets\u2026"), TOOLS
    ),
    CommandSpec("tools.library", QT_TRANSLATE_NOOP("Commands", "&Library\u2026"), TOOLS),
    CommandSpec(
        "tools.simulate",
        QT_TRANSLATE_NOOP("Commands", "&Simulate on This Document\u2026"),
        TOOLS,
    ),
    CommandSpec(
        "tools.latency",
        QT_TRANSLATE_NOOP("Commands", "How &Quick Suggestions Are\u2026"),
        TOOLS,
    ),
    CommandSpec(
        "tools.teach", QT_TRANSLATE_NOOP("Commands", "&Teach Inkling My Style\u2026"), TOOLS
    ),
    CommandSpec("tools.origin", QT_TRANSLATE_NOOP("Commands", "&Origin of This Text\u2026"), TOOLS),
    CommandSpec("help.guide", QT_TRANSLATE_NOOP("Commands", "&User Guide"), HELP, "F1"),
    CommandSpec("help.welcome", QT_TRANSLATE_NOOP("Commands", "&Welcome\u2026"), HELP),
    CommandSpec("help.keys", QT_TRANSLATE_NOOP("Commands", "&Keys"), HELP, "Ctrl+F1"),
    CommandSpec("help.model", QT_TRANSLATE_NOOP("Commands", "The &Model"), HELP),
    CommandSpec("help.about", QT_TRANSLATE_NOOP("Commands", "&About Inkling"), HELP),
)
