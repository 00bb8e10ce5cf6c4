//go:build !headless

package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"backstop/app/desk"
	"backstop/app/incident"
	"backstop/ui/look"
)

// week is a night with five failures: of two tools' worth of clients, in an order that no column shares.
func (o *office) week() {
	o.imports(job("730001", "58", "BRIDGE-FULL", "elm.meadow.example", "1772323200", "1772323800") +
		job("730002", "1", "ARBOUR-DIFF", "oak.meadow.example", "1772326800", "1772327700") +
		job("730003", "84", "DAM-FULL", "ash.meadow.example", "1772330400", "1772331000") +
		job("730004", "58", "CANAL-DIFF", "elm.meadow.example", "1772334000", "1772334600") +
		job("730005", "0", "CANAL-DIFF", "elm.meadow.example", "1772337600", "1772338200"))
}

// newWeek is an office with four incidents.
func newWeek(t *testing.T) *office {
	t.Helper()
	o := emptyOffice(t)
	o.week()
	o.enter()
	return o
}

// sees fails unless these incidents are in view, from top to bottom.
func (o *office) sees(ids ...string) {
	o.t.Helper()
	if got := o.ids(); !slices.Equal(got, ids) {
		o.t.Errorf("in view are %q, want %q", got, ids)
	}
}

func TestTable_searches(t *testing.T) {
	o := newWeek(t)
	o.sees("4", "3", "2", "1")
	o.types("/")
	test := o.at.Canvas().Focused()
	if test == fyne.Focusable(o.table()) {
		t.Fatal("the search has not got the focus")
	}
	before := len(o.later)
	for _, r := range "ca" {
		test.TypedRune(r)
	}
	o.sees("4", "3", "2", "1") // it waits for the next letter
	for _, r := range "nal" {
		test.TypedRune(r)
	}
	waiting := len(o.later) - before
	o.settle()
	if waiting != 5 {
		t.Errorf("%d pauses were waited for, want one a letter", waiting)
	}
	o.sees("4")
	o.shows("1 incident", `text "canal"`)
	o.press(fyne.KeyEscape)
	if o.at.Canvas().Focused() != fyne.Focusable(o.table()) {
		t.Error("Escape does not lead back to the table")
	}
	o.types("/")
	o.types("?!")
	o.shows("Nothing matches")
	o.tap("Show all incidents")
	o.sees("4", "3", "2", "1")
}

func TestTable_filters(t *testing.T) {
	o := newWeek(t)
	if err := o.desk.Progress(t.Context(), ines, []int64{3}, "On it.", true); err != nil {
		t.Fatal(err)
	}
	if err := o.desk.Close(t.Context(), ines, []int64{1}, incident.ClosedMissed, incident.Account{Category: "Network", Description: "Unplugged.", Solution: "Plugged in."}, nil); err != nil {
		t.Fatal(err)
	}
	o.settle()
	o.sees("4", "3", "2")
	for _, tt := range []struct {
		opens, option, says string
		sees                []string
	}{
		{"State: open", "In Progress", "State New or On Hold", []string{"4", "2"}},
		{"State: New +1", "New", "State On Hold", nil},
		{"State: On Hold", "On Hold", "4 incidents", []string{"4", "3", "2", "1"}},
		{"State", "Closed", "State Closed", []string{"1"}},
		{"State: Closed", "Closed", "4 incidents", []string{"4", "3", "2", "1"}},
		{"Client", "elm.meadow.example", "Client elm.meadow.example", []string{"4", "1"}},
		{"Client: elm.meadow.example", "ash.meadow.example", "Client elm.meadow.example or ash.meadow.example", []string{"4", "3", "1"}},
		{"Opened", "last 7 days", "Opened in the last 7 days", []string{"4", "3", "1"}},
		{"Opened: last 7 days", "last 24 hours", "Opened in the last 24 hours", []string{"4", "3", "1"}},
		{"Tool", "NetBackup", "Tool NetBackup", []string{"4", "3", "1"}},
	} {
		o.tap(tt.opens)
		o.tap(tt.option)
		o.press(fyne.KeyEscape)
		if o.dialogOpen() {
			t.Fatalf("%s: Escape does not close the list", tt.opens)
		}
		o.sees(tt.sees...)
		o.shows(tt.says)
	}
	o.clear()
	o.sees("4", "3", "2", "1")
	o.hides("filter:")
}

// Options are walked through and ticked with keys.
func TestTable_filtersByKeys(t *testing.T) {
	o := newWeek(t)
	for saidBy(o.at.Canvas().Focused().(fyne.CanvasObject)) != "Client" {
		o.at.Canvas().FocusNext()
	}
	o.press(fyne.KeySpace)                             // opens
	o.press(fyne.KeyDown, fyne.KeyDown, fyne.KeySpace) // ash, elm, oak
	o.press(fyne.KeyUp, fyne.KeySpace)                 // and elm
	o.press(fyne.KeySpace, fyne.KeyUp, fyne.KeySpace)  // no, ash
	o.press(fyne.KeyReturn)
	if o.dialogOpen() || saidBy(o.at.Canvas().Focused().(fyne.CanvasObject)) != "Client: oak.meadow.exam… +1" {
		t.Fatalf("the button has not got the focus; there is: %s", o.text())
	}
	o.sees("3", "2")
}

func TestTable_figuresFilter(t *testing.T) {
	o := newWeek(t)
	if err := o.desk.Progress(t.Context(), ines, []int64{3}, "On it.", true); err != nil {
		t.Fatal(err)
	}
	if err := o.desk.Close(t.Context(), ines, []int64{1}, incident.ClosedMissed, incident.Account{Category: "Network", Description: "Unplugged.", Solution: "Plugged in."}, nil); err != nil {
		t.Fatal(err)
	}
	o.settle()
	for _, tt := range []struct {
		words, number, says string
		sees                []string
	}{
		{"in progress", "1", "State In Progress", []string{"3"}},
		{"on hold", "0", "State On Hold", nil},
		{"lost this week", "1", "Missed (lost) in the last 7 days", []string{"1"}},
		{"open", "3", "State open", []string{"4", "3", "2"}},
		{"first attempt, 24 h", "–", "Started in the last 24 hours", nil},
	} {
		if got := o.figure(tt.words); got != tt.number {
			t.Errorf("%s %s, want %s", got, tt.words, tt.number)
		}
		o.tap(tt.number + " | " + tt.words)
		o.sees(tt.sees...)
		o.shows(tt.says)
	}
}

// A saved view of the last so many hours moves on with the clock.
func TestTable_aViewFollowsTheClock(t *testing.T) {
	o := newWeek(t)
	o.tap("Opened")
	o.tap("last 24 hours")
	o.press(fyne.KeyEscape)
	o.tap("Views")
	o.tap("Save this filter as a view…")
	o.fill("since yesterday")
	o.tap("Save")
	o.clear()
	o.now = o.now.Add(48 * time.Hour)
	o.tap("Views")
	o.tap("since yesterday")
	o.shows("0 incidents  ·  filter: State open, Opened in the last 24 hours", "Opened: last 24 hours")
}

// A dialog keeps the keys of the menu from the page behind it, too.
func TestTable_theMenuWaitsForTheDialog(t *testing.T) {
	o := newWeek(t)
	o.press(fyne.KeyHome)
	o.letter('a')
	o.menu("View", "Executions")
	o.menu("View", "Search")
	if !o.dialogOpen() || o.at.Canvas().Focused() == nil {
		t.Fatal("the dialog has lost the keys")
	}
	o.tap("Cancel")
	o.shows("Title", "4 incidents")
	o.menu("View", "Executions")
	o.shows("5 executions")
}

func TestTable_sorts(t *testing.T) {
	o := newWeek(t)
	if err := o.desk.Progress(t.Context(), ines, []int64{3}, "On it.", true); err != nil {
		t.Fatal(err)
	}
	if err := o.desk.Merge(t.Context(), ines, desk.MergeRequest{Into: 4, From: []int64{1}}); err != nil {
		t.Fatal(err)
	}
	o.settle()
	o.clear()
	o.sees("4", "3", "2")
	o.tap("State")
	for _, state := range []string{"New", "In Progress", "Merged"} {
		o.tap(state)
	}
	o.press(fyne.KeyEscape)
	for _, tt := range []struct {
		title    string
		up, down []string
	}{
		{"ID", []string{"1", "2", "3", "4"}, []string{"4", "3", "2", "1"}},
		{"Title", []string{"2", "1", "4", "3"}, []string{"3", "4", "1", "2"}},
		{"Client", []string{"3", "1", "4", "2"}, []string{"2", "4", "1", "3"}},
		{"Failure", []string{"2", "1", "4", "3"}, []string{"3", "4", "1", "2"}},
		{"State", []string{"2", "4", "3", "1"}, []string{"1", "3", "4", "2"}},
		{"Assignee", nil, []string{"3", "4", "2", "1"}},
	} {
		o.sortBy(tt.title)
		if tt.up != nil {
			o.sees(tt.up...)
		}
		o.sortBy(tt.title)
		o.sees(tt.down...)
	}
	for _, title := range []string{"Opened", "Tool", "Closing Status", "Merged Incidents", "Age"} {
		o.sortBy(title)
		up := o.ids()
		o.sortBy(title)
		if down := o.ids(); len(down) != 4 || title != "Age" && title != "Closing Status" && title != "Tool" && title != "Opened" && slices.Equal(up, down) {
			t.Errorf("%s: %q, then %q", title, up, down)
		}
	}
}

// What was merged is hidden, unfolded below its destination by a key or a click, and set in there; sorting and reloading keep it so.
func TestTable_unfoldsWhatWasMerged(t *testing.T) {
	o := newWeek(t)
	if err := o.desk.Merge(t.Context(), ines, desk.MergeRequest{Into: 2, From: []int64{1, 4}}); err != nil {
		t.Fatal(err)
	}
	o.settle()
	o.sees("3", "2")
	o.clear()
	o.sees("3", "2")
	o.at.Canvas().Focus(o.table())
	o.press(fyne.KeyEnd)
	o.types("+")
	o.sees("3", "2", "1", "4")
	if row := rowsOf(o.table())[3]; !strings.Contains(row, " |         CANAL-DIFF") || !strings.Contains(row, "Merged | ") || !strings.Contains(row, "in 2") {
		t.Errorf("below its destination it says %q", row)
	}
	o.hides(" new")
	o.sortBy("Client") // ash, oak
	o.sees("3", "2", "1", "4")
	o.sortBy("Client")
	o.sees("2", "1", "4", "3")
	if err := o.desk.Note(t.Context(), ines, []int64{2}, "Seen."); err != nil {
		t.Fatal(err)
	}
	o.settle()
	o.sees("2", "1", "4", "3")

	o.press(fyne.KeyHome, fyne.KeyDown, fyne.KeyDown) // on a merged one
	o.types("-")
	o.sees("2", "3")
	if id, _ := o.table().Current(); id != 2 {
		t.Errorf("the cursor is on %d", id)
	}
	o.follow(0, "Merged Incidents")
	o.sees("2", "1", "4", "3")
	o.follow(1, "Merged Incidents")
	o.look(o.ui.Window("incident 2"))
	o.press(fyne.KeyEscape)
	o.look(o.ui.Main())
	o.follow(0, "Merged Incidents")
	o.sees("2", "3")
	o.press(fyne.KeyEnd)
	o.types("+")
	o.shows("Nothing is merged into 3.")

	if err := o.desk.Unmerge(t.Context(), ines, 2, nil); err != nil {
		t.Fatal(err)
	}
	o.settle()
	o.hides(" new") // they were there before
}

// follow clicks on a cell of the n-th row in view.
func (o *office) follow(n int, title string) {
	o.t.Helper()
	at := o.title(title)
	test.TapAt(bodyOf(o.table()).(fyne.Tappable), fyne.NewPos(at.X, float32(n)*30+8))
	o.settle()
}

// What is selected stays so when the rows move; what is filtered away is selected no more.
func TestTable_selectionFollowsTheRows(t *testing.T) {
	o := newWeek(t)
	o.table().Select(4, 2)
	o.settle()
	o.sortBy("Client") // ash 3, elm 1 and 4, oak 2
	if got := o.table().Selected(); !slices.Equal(got, []int64{4, 2}) {
		t.Errorf("selected are %d", got)
	}
	o.sortBy("Client")
	if got := o.table().Selected(); !slices.Equal(got, []int64{2, 4}) {
		t.Errorf("selected are %d", got)
	}
	o.shows("2 selected")
	o.tap("Client")
	o.tap("elm.meadow.example")
	o.press(fyne.KeyEscape)
	if got := o.table().Selected(); !slices.Equal(got, []int64{4}) {
		t.Errorf("selected are %d", got)
	}
	o.shows("1 selected")
}

func TestTable_columnsSurviveARestart(t *testing.T) {
	o := newWeek(t)
	edge := o.title("Title").AddXY(200-8-8, 0) // the right edge of the column, 200 wide
	o.pull(edge, 60)
	o.pull(o.title("Client"), -420) // before the title
	before := o.table().Columns()
	o.ui.Stop()
	o.ui.Main().Close()
	o.enter()
	after := o.table().Columns()
	if !slices.Equal(before, after) {
		t.Fatalf("columns were %+v, are %+v", before, after)
	}
	if width := o.title("Failure").X; o.title("Client").X > o.title("Title").X || width != 32+56+124+132+260+92+8+8 {
		t.Errorf("columns: %+v", after)
	}
}

// What arrives is counted in a quiet mark; what is selected and what is being read stay.
func TestTable_keepsItsPlaceDuringAnImport(t *testing.T) {
	o := newWeek(t)
	o.imports(manyFailures(60))
	o.tap("60 new")
	o.click(2, 0)
	chosen := o.table().Selected()
	o.table().ScrollTo(20)
	before := o.ids()
	o.imports(job("790001", "58", "QUARRY-FULL", "quarry.meadow.example", "1772406000", "1772406600"))
	if after := o.ids(); !slices.Equal(before, after) {
		t.Errorf("in view were %q, are %q", before, after)
	}
	if got := o.table().Selected(); !slices.Equal(got, chosen) {
		t.Errorf("selected were %d, are %d", chosen, got)
	}
	o.shows("1 new", "65 incidents", "1 selected")
	o.imports(job("790002", "58", "QUARRY-DIFF", "quarry.meadow.example", "1772409600", "1772410200"))
	o.shows("2 new") // not one more, two since somebody looked
	o.tap("2 new")
	if got := o.ids(); got[0] != "66" || got[1] != "65" {
		t.Errorf("at the top are %q", got[:2])
	}
	o.hides("2 new")
	if got := o.table().Selected(); !slices.Equal(got, chosen) {
		t.Errorf("selected were %d, are %d", chosen, got)
	}
}

// manyFailures are so many failed jobs, a minute apart, all of the last week.
func manyFailures(n int) string {
	var b strings.Builder
	for i := range n {
		start := 1772150400 + 60*i
		b.WriteString(job(fmt.Sprint(740000+i), "58", fmt.Sprintf("FIELD-%04d", i), fmt.Sprintf("field-%02d.meadow.example", i%40), fmt.Sprint(start), fmt.Sprint(start+300)))
	}
	return b.String()
}

func TestTable_threeThousandToTheEnd(t *testing.T) {
	o := emptyOffice(t)
	o.imports(manyFailures(3000))
	o.enter()
	o.shows("3,000 incidents")
	o.hides(" new") // the rest of the list is not news
	for _, key := range []fyne.KeyName{fyne.KeyEnd, fyne.KeyHome, fyne.KeyPageDown, fyne.KeyEnd} {
		o.press(key)
		for _, row := range rowsOf(o.table()) {
			if !strings.Contains(row, "FIELD-") || !strings.Contains(row, "NetBackup") || !strings.HasSuffix(row, "0 min") {
				t.Fatalf("after %s a row is not filled: %q", key, row)
			}
		}
	}
	if ids := o.ids(); ids[len(ids)-1] != "1" {
		t.Errorf("the last row is %s", ids[len(ids)-1])
	}
	o.table().TypedShortcut(&fyne.ShortcutSelectAll{})
	o.shows("3,000 selected")
	o.table().TypedShortcut(&fyne.ShortcutCopy{Clipboard: o.app.Clipboard()})
	o.settle()
	lines := strings.Split(strings.TrimSuffix(o.app.Clipboard().Content(), "\n"), "\n")
	if len(lines) != 3001 || !strings.HasPrefix(lines[1], "3000\t") || !strings.HasPrefix(lines[3000], "1\t") {
		t.Errorf("%d lines were copied", len(lines))
	}
}

func TestTable_byKeysAlone(t *testing.T) {
	o := newWeek(t)
	table := o.table()
	selects := func(want ...int64) {
		t.Helper()
		if got := table.Selected(); !slices.Equal(got, want) {
			t.Errorf("selected are %d, want %d", got, want)
		}
	}
	o.press(fyne.KeyHome, fyne.KeySpace, fyne.KeyDown, fyne.KeyDown, fyne.KeySpace)
	selects(4, 2)
	o.shows("2 selected")
	o.press(fyne.KeyEscape)
	selects()
	o.hides("selected")
	table.TypedShortcut(&fyne.ShortcutSelectAll{})
	selects(4, 3, 2, 1)
	o.press(fyne.KeyEscape)

	o.types("?")
	o.shows("Keys", "Ctrl+A, Escape")
	o.press(fyne.KeyEscape)
	if o.dialogOpen() || o.at.Canvas().Focused() != fyne.Focusable(table) {
		t.Error("Escape does not lead back to the table")
	}
}

func TestTable_selectsRangesWithTheMouse(t *testing.T) {
	o := newWeek(t)
	for _, tt := range []struct {
		row  int
		held fyne.KeyModifier
		want []int64
	}{
		{1, 0, []int64{3}},
		{3, fyne.KeyModifierShift, []int64{3, 2, 1}},
		{2, fyne.KeyModifierShortcutDefault, []int64{3, 1}},
		{0, 0, []int64{4}},
	} {
		o.click(tt.row, tt.held)
		if got := o.table().Selected(); !slices.Equal(got, tt.want) {
			t.Errorf("row %d with %d: selected are %d, want %d", tt.row, tt.held, got, tt.want)
		}
	}
}

func TestTable_copies(t *testing.T) {
	o := newWeek(t)
	o.table().Select(4, 2)
	o.settle()
	o.tap("Copy")
	lines := strings.Split(o.app.Clipboard().Content(), "\n")
	if len(lines) != 4 || lines[3] != "" {
		t.Fatalf("%q", lines)
	}
	if want := "ID\tOpened\tTitle\tClient\tTool\tFailure\tState\tClosing Status\tMerged Incidents\tAssignee\tAge"; lines[0] != want {
		t.Errorf("titles %q", lines[0])
	}
	if want := "4\t2026-03-02 09:30\tCANAL-DIFF Full failed\telm.meadow.example\tNetBackup\t"; !strings.HasPrefix(lines[1], want) {
		t.Errorf("row %q", lines[1])
	}
}

// A state is a word as well as a colour, whatever the theme.
func TestTable_saysStatesInWords(t *testing.T) {
	o := newWeek(t)
	if err := o.desk.Close(t.Context(), ines, []int64{1}, incident.ClosedMissed, incident.Account{Category: "Network", Description: "Unplugged.", Solution: "Plugged in."}, nil); err != nil {
		t.Fatal(err)
	}
	o.settle()
	o.clear()
	for _, variant := range []fyne.ThemeVariant{theme.VariantLight, theme.VariantDark} {
		o.app.Settings().SetTheme(look.Held(variant))
		o.settle()
		rows := rowsOf(o.table())
		if len(rows) != 4 || !strings.Contains(rows[0], " | New | ") || !strings.Contains(rows[3], " | Closed | Missed (lost) | ") {
			t.Errorf("rows: %q", rows)
		}
	}
}
