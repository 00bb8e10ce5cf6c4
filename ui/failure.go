package ui

import (
	"context"
	"io"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/say"
	"backstop/ui/look"
	"backstop/ui/viewer"
)

// logReader is what the tab asks of the desk.
type logReader interface {
	Log(ctx context.Context, actor desk.Actor, execution int64) ([]byte, error)
}

// failureTab shows the tool's own log of a run, or says what is known where none was kept.
type failureTab struct {
	ui     *UI
	window fyne.Window
	desk   logReader
	object *fyne.Container
	body   *fyne.Container
	search *field
	count  *widget.Label
	copied *button
	save   *button

	lines     *logLines
	viewer    *viewer.Viewer // nil without a log
	matches   []int          // lines with what is searched for
	at        int            // which of them is shown
	sought    string
	execution int64
	name      string // for a file
	epoch     int    // of the log and of the search in it
	cancel    context.CancelFunc
}

func newFailureTab(u *UI, w fyne.Window, d logReader) *failureTab {
	t := &failureTab{ui: u, window: w, desk: d, execution: -1, cancel: func() {}}
	t.search = newField("", say.T("search in the log"))
	t.search.ActionItem = widget.NewIcon(theme.SearchIcon())
	t.search.OnChanged = t.typing
	t.search.key = t.searchKey
	t.count = widget.NewLabel("")
	t.count.Importance = widget.LowImportance
	t.copied = quiet(say.T("Copy"), theme.ContentCopyIcon(), t.copy)
	t.save = quiet(say.T("Save as…"), theme.DocumentSaveIcon(), t.saveAs)
	back := quiet("", theme.MoveUpIcon(), func() { t.step(-1) })
	on := quiet("", theme.MoveDownIcon(), func() { t.step(1) })
	bar := container.NewBorder(nil, nil, nil, container.NewHBox(t.count, back, on, t.copied, t.save), t.search)
	t.body = container.NewStack()
	t.object = container.NewBorder(container.New(layout.NewCustomPaddedLayout(look.Gap/2, look.Gap/2, look.Gap, look.Gap), bar), nil, nil, nil, t.body)
	return t
}

// show asks for the log of an incident's run; it stays as it is while the run is the same.
func (t *failureTab) show(d desk.Detail) {
	var run desk.ExecutionRow
	if d.Execution != nil {
		run = *d.Execution
	}
	t.showRun("incident-"+idText(d.Row.ID)+".log", run, d.Incident.ShownFailure())
}

// showRun asks for the log of a run, which is saved under a name; without one it tells the failure.
func (t *failureTab) showRun(name string, r desk.ExecutionRow, failure string) {
	t.name = name
	run := int64(0)
	if r.HasLog {
		run = r.ID
	}
	if run == t.execution && run != 0 {
		return
	}
	t.execution = run
	if run == 0 {
		t.tellNone(r, failure)
		return
	}
	t.read(run)
}

// read gets the log and finds its lines beside the windows.
func (t *failureTab) read(run int64) {
	epoch := t.begin()
	t.tell(say.T("Reading the log …"))
	ask(t.ui.work, func() (*logLines, error) {
		log, err := t.desk.Log(t.ui.ctx, t.ui.actor, run)
		return newLogLines(string(log)), err
	}, func(lines *logLines, err error) {
		switch {
		case epoch != t.epoch:
		case err != nil:
			t.tell(say.T("The log could not be read: %s", sayError(err)))
		default:
			t.fill(lines)
		}
	})
}

// begin makes answers to older questions void.
func (t *failureTab) begin() int {
	t.cancel()
	t.epoch++
	t.lines, t.viewer, t.matches, t.sought = nil, nil, nil, ""
	t.count.SetText("")
	return t.epoch
}

func (t *failureTab) fill(lines *logLines) {
	t.lines = lines
	t.viewer = viewer.New(lines, isErrorLine)
	t.viewer.OnStep = t.step
	t.body.Objects = []fyne.CanvasObject{t.viewer}
	t.body.Refresh()
	if t.search.Text != "" {
		t.seek(t.search.Text)
	}
}

// tellNone says what is known without a log.
func (t *failureTab) tellNone(r desk.ExecutionRow, failure string) {
	t.begin()
	switch {
	case r.Outcome == 0:
		t.tell(say.T("There is no log, for nothing ran: %s.", failure))
	case failure != "":
		t.tell(say.T("No log was kept; the failure text was: %s", failure))
	case r.Outcome == backup.Success:
		t.tell(say.T("No log was kept: the export told none, or only of runs that did not succeed."))
	default:
		t.tell(say.T("No log was kept, and the export told no reason."))
	}
}

func (t *failureTab) tell(text string) {
	label := widget.NewLabel(text)
	label.Wrapping = fyne.TextWrapWord
	t.body.Objects = []fyne.CanvasObject{container.NewVBox(label)}
	t.body.Refresh()
}

// copyMost is how much goes on the clipboard when nothing is selected.
const copyMost = 4 << 20

// copy takes the selected lines, else the whole log where it is not too long for a clipboard.
func (t *failureTab) copy() {
	switch {
	case t.viewer == nil:
		return
	case t.viewer.Selected() == "" && len(t.lines.text) > copyMost:
		t.ui.showText(t.window, say.T("Select lines first"), say.T("The whole log is too long for the clipboard. Select the lines that matter, or save it."))
		return
	case t.viewer.Selected() == "":
		t.viewer.SelectAll()
	}
	t.viewer.Copy(t.ui.app.Clipboard())
}

// saveAs writes the log to a file that the person names.
func (t *failureTab) saveAs() {
	if t.lines == nil {
		return
	}
	text := t.lines.text
	d := dialog.NewFileSave(func(to fyne.URIWriteCloser, err error) {
		if err != nil || to == nil {
			t.ui.showError(t.window, err)
			return
		}
		ask(t.ui.work, func() (struct{}, error) { return struct{}{}, writeLog(to, text) }, func(_ struct{}, err error) { t.ui.showError(t.window, err) })
	}, t.window)
	d.SetFileName(t.name)
	d.Resize(fyne.NewSize(800, 560))
	d.Show()
}

// writeLog writes and closes; an error of either is one.
func writeLog(to io.WriteCloser, text string) error {
	if _, err := io.Copy(to, strings.NewReader(text)); err != nil {
		to.Close()
		return say.Error("the log could not be saved: %w", err)
	}
	if err := to.Close(); err != nil {
		return say.Error("the log could not be saved: %w", err)
	}
	return nil
}
