"""A window that teaches the model a person's style, and shows whether that helped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSpinBox,
    QTabWidget,
    QWidget,
)

from app.core.teaching import (
    PROBLEMS,
    Lacking,
    Lesson,
    Phase,
    Teaching,
    free_name,
    lacking,
    name_of,
)
from app.services.sentences import in_general
from app.services.teaching import TeachingService
from app.windows.dialog_frame import frame
from app.windows.loss_plot import LossPlot
from app.windows.screen_fit import fitting
from app.windows.style_choice import StyleChoice
from app.windows.style_list import StyleList
from app.windows.style_result import StyleResult
from engine import ModelInfo, Style

_PROGRESS, _RESULT, _STYLES = range(3)


class TeachWindow(QDialog):
    """Chooses texts, says what it would take, and follows the training until its result.

    Training goes on when the window is closed. ``model`` gives the model in use, None while there
    is none.
    """

    def __init__(
        self,
        service: TeachingService,
        choice: StyleChoice,
        model: Callable[[], ModelInfo | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._service = service
        self._model = model
        self._lesson: Lesson | None = None
        self._phase = Phase.IDLE
        self._intro = _words(self)
        self.choose_button = _button(self, self.choose_folder)
        self._folder = QLabel(self)
        self._folder.setTextFormat(Qt.TextFormat.PlainText)
        self._minutes_label = QLabel(self)
        self.minutes = QSpinBox(self)
        self.minutes.setRange(5, 24 * 60)
        self.minutes.setValue(40)
        self._minutes_label.setBuddy(self.minutes)
        self.minutes.valueChanged.connect(self._minutes_changed)
        self.state = _words(self)
        self.start_button = _button(self, self.start)
        self.pause_button = _button(self, self.pause_or_resume)
        self.finish_button = _button(self, service.finish)
        self.stop_button = _button(self, service.stop)
        self.bar = QProgressBar(self)
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.plot = LossPlot(self)
        self.outcome = StyleResult(self)
        self.styles = StyleList(service, choice, self)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        for page in (self.plot, self.outcome, self.styles):
            self.tabs.addTab(page, "")
        top, below = QWidget(self), QWidget(self)
        sources = _row(top, self.choose_button, self._folder)
        sources.addStretch()
        sources.addWidget(self._minutes_label)
        sources.addWidget(self.minutes)
        controls = _row(
            below, self.start_button, self.pause_button, self.finish_button, self.stop_button
        )
        controls.addWidget(self.bar, 1)
        controls.addStretch()
        frame(self, [self._intro, top, self.state, below, self.tabs])
        policy = self.tabs.sizePolicy()
        policy.setVerticalStretch(1)
        self.tabs.setSizePolicy(policy)
        self.resize(fitting(self, 760, 680))
        service.changed.connect(self._show_state)
        service.styles_changed.connect(self._look_for_begun)
        self.styles.resumed.connect(self._go_on_with)
        self.outcome.used_here.connect(self.styles.use_here)
        self.outcome.used_everywhere.connect(self.styles.use_everywhere)
        self.outcome.thrown_away.connect(self.styles.erase)
        for used in (self.outcome.used_here, self.outcome.used_everywhere):
            used.connect(self._show_used)
        self._look_for_begun()
        self._retranslate()

    # --- what a person does

    @Slot()
    def choose_folder(self) -> None:
        """Ask for a folder of texts, and look at it."""
        folder = QFileDialog.getExistingDirectory(self, self.tr("A Folder With Texts of Yours"))
        if folder:
            self.look_at(Path(folder))

    def look_at(self, folder: Path) -> None:
        """Say what there is to learn from in ``folder``, and how long that would take here."""
        self._lesson = Lesson((folder,), self._free_name(folder), float(self.minutes.value()))
        self._look()

    @Slot()
    def start(self) -> None:
        """Begin with the texts that were chosen, or go on where it was stopped."""
        model, lesson = self._model(), self._lesson
        if lesson is None or model is None:
            return
        if not self._has_begun(lesson):
            lesson = replace(lesson, name=self._free_name(lesson.paths[0]))
        self._lesson = lesson
        self.tabs.setCurrentIndex(_PROGRESS)
        self._service.teach(lesson, model.path)

    @Slot()
    def pause_or_resume(self) -> None:
        """Wait, or go on."""
        paused = self._service.state.phase is Phase.PAUSED
        (self._service.resume if paused else self._service.pause)()

    @Slot(object)
    def _go_on_with(self, style: Style) -> None:
        self._lesson = Lesson(style.paths, style.name, style.minutes)
        self.start()

    @Slot(int)
    def _minutes_changed(self, minutes: int) -> None:
        lesson = self._lesson
        # What was begun goes on with the time that it was given.
        if lesson is not None and self._service.state.phase is Phase.LOOKED:
            self._lesson = replace(lesson, minutes=float(minutes))
            self._show_state()

    @Slot(str)
    def _show_used(self, name: str) -> None:
        self.tabs.setCurrentIndex(_STYLES)
        self.styles.select(name)

    def _free_name(self, folder: Path) -> str:
        return free_name(self._service.taken_names(), name_of(folder))

    def _has_begun(self, lesson: Lesson) -> bool:
        styles = self._service.styles()
        return any(each.begun and each.name == lesson.name for each in styles)

    def _look(self) -> None:
        model = self._model()
        if self._lesson is not None and model is not None:
            self._service.look(self._lesson, model.path)

    # --- what is shown

    @Slot()
    def _look_for_begun(self) -> None:
        if self._lesson is None and not self._service.state.running:
            begun = next((each for each in self._service.styles() if each.begun), None)
            if begun is not None:
                self._lesson = Lesson(begun.paths, begun.name, begun.minutes)
        self._show_state()

    @Slot()
    def _show_state(self) -> None:
        state, lesson = self._service.state, self._lesson
        buttons = (self.start_button, self.pause_button, self.stop_button)
        pressed = self.focusWidget() in (*buttons, self.choose_button)
        lesson = self._service.lesson if state.running else lesson
        usable = lacking() is None and self._model() is not None
        running = state.running
        begun = lesson is not None and self._has_begun(lesson)
        self.choose_button.setEnabled(usable and not running)
        self.minutes.setEnabled(usable and not running and not begun)
        self._folder.setText(", ".join(map(str, lesson.paths)) if lesson else "")
        self.start_button.setVisible(not running)
        self.start_button.setEnabled(usable and lesson is not None)
        self.start_button.setText(self.tr("Go On") if begun else self.tr("Start"))
        self.pause_button.setVisible(state.phase in (Phase.TRAINING, Phase.PAUSED))
        self.pause_button.setEnabled(state.stage == "training")
        paused = state.phase is Phase.PAUSED
        self.pause_button.setText(self.tr("Go On") if paused else self.tr("Pause"))
        self.finish_button.setVisible(state.phase in (Phase.TRAINING, Phase.PAUSED))
        self.finish_button.setEnabled(state.stage == "training" and state.step > 0)
        self.stop_button.setVisible(running)
        self.stop_button.setEnabled(state.phase is not Phase.STOPPING)
        self.bar.setVisible(state.training)
        self.bar.setValue(round(1000 * state.done))
        self.state.setText(self._sentence(state, begun=begun))
        self.plot.show_losses(state.losses, state.checks, state.steps)
        if state.phase is Phase.DONE and self._phase is not Phase.DONE:
            self.tabs.setCurrentIndex(_RESULT)
        self.outcome.show_report(state.report)
        if pressed and state.phase is not self._phase:
            # The button that was pressed is gone: by keyboard the next one is what is wanted.
            usable_now = (each for each in buttons if each.isVisible() and each.isEnabled())
            next(usable_now, self.tabs.tabBar()).setFocus()
        self._phase = state.phase

    def _sentence(self, state: Teaching, *, begun: bool) -> str:
        if (lacks := lacking()) is Lacking.PART:
            return self.tr(
                "This packaged Inkling comes without the part that teaches, which needs PyTorch. "
                "Writing never does. To teach, install Inkling for Python beside it, with: "
                "pipx install 'inkling[train]'"
            )
        if lacks is Lacking.TORCH:
            return self.tr(
                "Teaching needs PyTorch, which is not installed. Writing never does. Install it "
                "where Inkling is installed, for instance with: pip install torch; then start "
                "Inkling again."
            )
        if self._model() is None:
            return self.tr("There is no model yet that could be taught.")
        match state.phase:
            case Phase.IDLE | Phase.STOPPED if begun:
                return self.tr(
                    "Teaching was stopped before it was done. What was learnt is kept; you can go "
                    "on with it."
                )
            case Phase.LOOKING:
                return self._counted(state) or self.tr("Reading your texts\u2026")
            case Phase.LOOKED:
                return self._counted(state)
            case Phase.TRAINING:
                return self._at_work(state)
            case Phase.PAUSED:
                return self.tr("Paused. Nothing is lost, even if the computer is switched off.")
            case Phase.STOPPING:
                return self.tr("Stopping after this step\u2026")
            case Phase.DONE if state.report is not None:
                good = self.tr("Done. You find what it was worth under Result.")
                return good if state.report["better"] else self.tr("Done, but it was no help.")
            case Phase.FAILED:
                problem = PROBLEMS.get(state.problem, PROBLEMS["EngineError"])
                return in_general(problem, state.sentence)
        return self.tr(
            "Choose a folder with texts of your own, such as letters, chapters or notes (.txt, "
            ".md, .rst). Some ten thousand words are a start, a hundred thousand are better."
        )

    def _counted(self, state: Teaching) -> str:
        counts = state.counts
        if counts is None:
            return ""
        number = self.locale().toString
        words = self.tr(
            "{words} words in {documents} documents to learn from; {held} words are held out, to "
            "measure whether it helps."
        ).format(
            words=number(counts.words),
            documents=number(counts.documents),
            held=number(counts.held_out_words),
        )
        if state.phase is Phase.LOOKING:
            return words + " " + self.tr("Measuring how quick this computer is\u2026")
        if state.seconds is None:
            return words
        takes = self.tr("It would take about {minutes} minutes here.")
        minutes = min(state.seconds / 60, float(self.minutes.value()))
        return words + " " + takes.format(minutes=number(max(1, round(minutes))))

    def _at_work(self, state: Teaching) -> str:
        stages = {
            "exporting": self.tr("Putting the model together\u2026"),
            "measuring": self.tr("Measuring what it was worth, on the texts held out\u2026"),
        }
        if state.stage in stages:
            return stages[state.stage]
        if state.left is None:
            return self.tr("Getting ready\u2026")
        number = self.locale().toString
        said = self.tr(
            "Step {step} of {steps}, about {minutes} minutes left. You can go on writing."
        )
        said = said.format(
            step=number(state.step),
            steps=number(state.steps),
            minutes=number(max(1, round(state.left / 60))),
        )
        if state.skipped:
            skipped = self.tr("Steps left out, since they gave no number: {count}.")
            said += " " + skipped.format(count=number(state.skipped))
        return said

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Teach Inkling My Style"))
        self._intro.setText(
            self.tr(
                "Inkling reads texts of yours and learns how you go on writing. That happens on "
                "this computer, after everything else, also while this window is closed; nothing "
                "leaves it, and the model that you have stays as it is."
            )
        )
        self.choose_button.setText(self.tr("Choose Folder\u2026"))
        self._minutes_label.setText(self.tr("At most"))
        self.minutes.setSuffix(" " + self.tr("minutes"))
        self.minutes.setAccessibleName(self.tr("Minutes at most"))
        self.finish_button.setText(self.tr("Finish Now"))
        self.finish_button.setToolTip(self.tr("Learn no more, and measure what was learnt so far"))
        self.stop_button.setText(self.tr("Stop"))
        self.stop_button.setToolTip(self.tr("What was learnt is kept, and you can go on later"))
        self.bar.setAccessibleName(self.tr("Progress"))
        self.tabs.setTabText(_PROGRESS, self.tr("Progress"))
        self.tabs.setTabText(_RESULT, self.tr("Result"))
        self.tabs.setTabText(_STYLES, self.tr("My Styles"))
        self.plot.setAccessibleName(self.tr("Curve of how unsure the model is, over the steps"))
        self.plot.set_words(
            self.tr("Perplexity, less is better"),
            self.tr("Step"),
            self.tr("single steps"),
            self.tr("on texts kept apart"),
            self.tr("How it gets on is drawn here once teaching has begun."),
        )
        self._show_state()


def _words(parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def _button(parent: QWidget, act: Callable[[], None]) -> QPushButton:
    button = QPushButton(parent)
    button.setAutoDefault(True)  # Enter on it is for it, not for Close
    button.clicked.connect(act)
    return button


def _row(parent: QWidget, *widgets: QWidget) -> QHBoxLayout:
    layout = QHBoxLayout(parent)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(8)
    for widget in widgets:
        layout.addWidget(widget)
    return layout
