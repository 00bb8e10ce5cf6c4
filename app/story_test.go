//go:build !headless

package main

import (
	"cmp"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
	"backstop/app/timeline"
	"backstop/assets"
	"backstop/ui/grid"
)

// dropApp keeps what a window does with a drop: the toolkit's test driver forgets it.
type dropApp struct {
	fyne.App
	drop *func(fyne.Position, []fyne.URI)
}

func (a dropApp) NewWindow(title string) fyne.Window {
	return dropWindow{a.App.NewWindow(title), a.drop}
}

type dropWindow struct {
	fyne.Window
	drop *func(fyne.Position, []fyne.URI)
}

func (w dropWindow) SetOnDropped(f func(fyne.Position, []fyne.URI)) { *w.drop = f }

// drops lets files fall on the main window.
func (o *office) drops(paths ...string) {
	var uris []fyne.URI
	for _, p := range paths {
		uris = append(uris, storage.NewFileURI(p))
	}
	o.drop(fyne.NewPos(400, 300), uris)
	o.settle()
}

// samples puts the exports that come with the program into a folder.
func (o *office) samples() ([]string, error) {
	folder := o.t.TempDir()
	if err := os.CopyFS(folder, assets.Samples()); err != nil {
		return nil, err
	}
	return filepath.Glob(filepath.Join(folder, "*"))
}

// file writes one and gives its path.
func (o *office) file(name, content string) string {
	o.t.Helper()
	path := filepath.Join(o.t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		o.t.Fatal(err)
	}
	return path
}

// table is the table of incidents.
func (o *office) table() *grid.Grid[desk.IncidentRow] {
	o.t.Helper()
	return tableOf[desk.IncidentRow](o)
}

func tableOf[R any](o *office) *grid.Grid[R] {
	o.t.Helper()
	for _, object := range inside(o.at.Content()) {
		if g, ok := object.(*grid.Grid[R]); ok {
			return g
		}
	}
	o.t.Fatal("there is no such table")
	return nil
}

// A table is its titles, its rows and what else it has.
func headOf(table fyne.Widget) fyne.CanvasObject { return test.WidgetRenderer(table).Objects()[0] }
func bodyOf(table fyne.Widget) fyne.CanvasObject { return test.WidgetRenderer(table).Objects()[1] }

// rowsOf are the rows in view, from top to bottom, each as what can be read in it.
func rowsOf(table fyne.Widget) []string {
	var boxes []*fyne.Container
	for _, object := range test.WidgetRenderer(bodyOf(table).(fyne.Widget)).Objects() {
		if box, ok := object.(*fyne.Container); ok && box.Visible() {
			boxes = append(boxes, box)
		}
	}
	slices.SortFunc(boxes, func(a, b *fyne.Container) int { return cmp.Compare(a.Position().Y, b.Position().Y) })
	var rows []string
	for _, box := range boxes {
		rows = append(rows, saidBy(box))
	}
	return rows
}

// ids are the numbers in the first column of the rows in view.
func (o *office) ids() []string {
	o.t.Helper()
	var ids []string
	for _, row := range rowsOf(o.table()) {
		id, _, _ := strings.Cut(row, " | ")
		ids = append(ids, id)
	}
	return ids
}

// title finds the heading of a column and where it is within the table's head.
func (o *office) title(words string) fyne.Position {
	o.t.Helper()
	for _, object := range test.WidgetRenderer(headOf(o.table()).(fyne.Widget)).Objects() {
		if text, ok := object.(*canvas.Text); ok && text.Visible() && text.Text != "" && strings.HasPrefix(words, strings.TrimSuffix(text.Text, "…")) {
			return text.Position().AddXY(8, 8)
		}
	}
	o.t.Fatalf("no column is titled %q", words)
	return fyne.Position{}
}

// sortBy taps the heading of a column.
func (o *office) sortBy(words string) {
	o.t.Helper()
	test.TapAt(headOf(o.table()).(fyne.Tappable), o.title(words))
	o.settle()
}

// pull drags something in the table's head sideways.
func (o *office) pull(from fyne.Position, by float32) {
	head := headOf(o.table())
	head.(desktop.Mouseable).MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: from}})
	head.(fyne.Draggable).Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: from.AddXY(by, 0)}, Dragged: fyne.NewDelta(by, 0)})
	head.(fyne.Draggable).DragEnd()
	o.settle()
}

// click clicks on the n-th row in view, from 0, with keys held.
func (o *office) click(n int, held fyne.KeyModifier) {
	body, at := bodyOf(o.table()), fyne.NewPos(400, float32(n)*30+8)
	body.(desktop.Mouseable).MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}, Modifier: held})
	test.TapAt(body.(fyne.Tappable), at)
	o.settle()
}

// clear takes all filters away.
func (o *office) clear() {
	o.t.Helper()
	for _, object := range o.objects() {
		if b, ok := object.(*widget.Button); ok && b.Text == "" && b.Icon == theme.CancelIcon() {
			test.Tap(b)
			o.settle()
			return
		}
	}
	o.t.Fatalf("there are no filters; there is: %s", o.text())
}

// visit turns to a page by its word in the sidebar, whatever mark stands there.
func (o *office) visit(page string) {
	o.t.Helper()
	for _, object := range o.objects() {
		if b, ok := object.(fyne.Tappable); ok && (saidBy(object) == page || strings.HasPrefix(saidBy(object), page+" | ")) {
			test.Tap(b)
			o.settle()
			return
		}
	}
	o.t.Fatalf("there is no page %q", page)
}

// press types keys into what has the focus, else into the window.
func (o *office) press(names ...fyne.KeyName) {
	for _, name := range names {
		switch focused := o.at.Canvas().Focused(); {
		case focused != nil:
			focused.TypedKey(&fyne.KeyEvent{Name: name})
			if after := o.at.Canvas().Focused(); name == fyne.KeySpace && after != nil {
				after.TypedRune(' ') // the toolkit gives the letter after the key
			}
		default:
			o.at.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: name})
		}
		o.settle()
	}
}

// types types letters into what has the focus.
func (o *office) types(letters string) {
	test.Type(o.at.Canvas().Focused(), letters)
	o.settle()
}

// figure is the number above the table that stands before the words.
func (o *office) figure(words string) string {
	o.t.Helper()
	for _, object := range o.objects() {
		if number, found := strings.CutSuffix(saidBy(object), " | "+words); found && !strings.Contains(number, "|") {
			return number
		}
	}
	o.t.Fatalf("no figure says %q", words)
	return ""
}

// hides fails if any of the words can be read.
func (o *office) hides(words ...string) {
	o.t.Helper()
	for _, w := range words {
		if text := o.text(); strings.Contains(text, w) {
			o.t.Errorf("%q is shown; there is: %s", w, text)
		}
	}
}

// sources reads them back from the database.
func (o *office) sources() []desk.SourceState {
	o.t.Helper()
	sources, err := o.desk.Sources(o.t.Context(), ines)
	if err != nil {
		o.t.Fatal(err)
	}
	return sources
}

// sourceSteps are what was done to sources and their questions, the oldest first, each with its details.
func (o *office) sourceSteps() []string {
	o.t.Helper()
	entries, err := o.desk.Timeline(o.t.Context(), ines, desk.TimelineQuery{})
	if err != nil {
		o.t.Fatal(err)
	}
	var steps []string
	for _, e := range slices.Backward(entries) {
		if e.Subject != timeline.Source && e.Subject != timeline.Question {
			continue
		}
		step := e.Actor + " " + e.Action
		for _, d := range e.Details {
			step += ", " + d.Name + ": " + strings.TrimPrefix(d.From+" → ", " → ") + d.To
		}
		steps = append(steps, step)
	}
	return steps
}

// figures reads them back from the database.
func (o *office) figures() desk.Figures {
	o.t.Helper()
	f, err := o.desk.Figures(o.t.Context(), ines)
	if err != nil {
		o.t.Fatal(err)
	}
	return f
}
