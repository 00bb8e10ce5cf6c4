package ui

import (
	"errors"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/theme"

	"backstop/app/desk"
	"backstop/app/incident"
	"backstop/app/say"
	"backstop/ui/look"
)

// settle is how long the windows are given to show what they asked for before a picture is taken.
const settle = 1500 * time.Millisecond

// Picture shows the windows in light and dark, leaves a picture of each in folder and ends the program. `make run` uses it where
// there is no display to look at. All of them are shown as they are set.
func (u *UI) Picture(folder string, all bool) {
	take := func(name string, w fyne.Window) {
		if err := paint(w, filepath.Join(folder, name+".png")); err != nil {
			fmt.Fprintln(os.Stderr, "backstop:", err)
		}
	}
	if all {
		u.Tour(take, u.Quit)
		return
	}
	ask(u.work, u.rehearse, func(id int64, err error) {
		if err != nil {
			fmt.Fprintln(os.Stderr, "backstop:", err)
		}
		var shots []shot
		for _, v := range []struct {
			name    string
			variant fyne.ThemeVariant
		}{{"light", theme.VariantLight}, {"dark", theme.VariantDark}} {
			for _, s := range u.shots(id) {
				shots = append(shots, shot{s.name + "-" + v.name, true, v.variant, s.show})
			}
		}
		u.walk(shots, take, u.Quit)
	})
}

// Tour shows every window and dialog over the samples, one after the other, and tells of each once it had the time to show what it asked
// for; nil is a window that did not open.
func (u *UI) Tour(each func(name string, w fyne.Window), done func()) {
	ask(u.work, u.rehearse, func(id int64, err error) {
		if err != nil {
			fmt.Fprintln(os.Stderr, "backstop:", err)
		}
		u.walk(u.tour(id), each, done)
	})
}

// shot is one picture: show brings up what it is of and gives the window, or the key of one that opens when it has what it shows.
type shot struct {
	name    string
	held    bool // in the colours of variant; else in those that are set
	variant fyne.ThemeVariant
	show    func() (fyne.Window, string)
}

func (u *UI) shots(id int64) []shot {
	page := func(word string) func() (fyne.Window, string) {
		return func() (fyne.Window, string) { u.main.goTo(word); return u.main.window, "" }
	}
	tab := func(name string) func() (fyne.Window, string) {
		return func() (fyne.Window, string) {
			u.openIncident(id, name)
			return u.Window(incidentKind + idText(id)), ""
		}
	}
	open := func(key string, ask func()) func() (fyne.Window, string) {
		return func() (fyne.Window, string) { ask(); return nil, key }
	}
	return []shot{
		{name: "incidents", show: page("Incidents")},
		{name: "executions", show: page("Executions")},
		{name: "panel", show: page("Panel")},
		{name: "execution", show: open(executionKind+"1", func() { u.openExecution(1) })},
		{name: "hand-over", show: open("hand-over", u.openHandOver)},
		{name: "sources", show: page("Sources")},
		{name: "timeline", show: page("Timeline")},
		{name: "settings", show: page("Settings")},
		{name: "incident-failure", show: tab(tabFailure)},
		{name: "incident-timeline", show: tab(tabTimeline)},
		{name: "incident-history", show: tab(tabHistory)},
		{name: "incident-hold", show: func() (fyne.Window, string) { w, _ := tab(tabFailure)(); u.pictureHold(w, id); return w, "" }},
		{name: "close", show: open(fmt.Sprintf("close %d of 1", id), func() { u.main.incidents.act.askClose([]int64{id}) })},
		{name: "merge", show: open("merge 1 of 5", func() { u.main.incidents.act.askMerge([]int64{1, 2, 3, 4, 5}, say.T("selected")) })},
	}
}

// pictureHold opens the form for On Hold as a person fills it in.
func (u *UI) pictureHold(w fyne.Window, id int64) {
	h := u.handlingOf(w, id)
	f := h.updateStatus([]int64{id})
	f.status.SetSelected(stateWord(incident.OnHold))
	f.team.SetText("Network team")
	f.until.quick[1].OnTapped()
	f.note.SetText("Firewall rule for the backup network is being changed.")
}

func (u *UI) handlingOf(w fyne.Window, id int64) *handling {
	return &handling{ui: u, window: w, toast: newToast(u), known: func([]int64) []incident.Incident { return u.main.incidents.known([]int64{id}) }}
}

// rehearse handles an incident of the samples that has a log, so that its pictures show what handling leaves, and names it.
func (u *UI) rehearse() (int64, error) {
	ids, err := u.desk.IncidentIDs(u.ctx, u.actor, desk.IncidentQuery{States: desk.OpenStates})
	if err != nil || len(ids) == 0 {
		return 0, err
	}
	best := ids[0]
	for _, id := range ids {
		if d, err := u.desk.Incident(u.ctx, u.actor, id); err == nil && d.Execution != nil && d.Execution.HasLog && len(d.History) > 5 {
			best = id
			break
		}
	}
	note := "Looked at the client with its owner: the agent was restarted.\nThe next run is watched."
	return best, errors.Join(
		u.desk.Progress(u.ctx, u.actor, []int64{best}, "Attended by the morning shift.", true),
		u.desk.Note(u.ctx, u.actor, []int64{best}, note),
		u.desk.Hold(u.ctx, u.actor, ids[len(ids)-1:], incident.Wait{Team: "Storage team", Note: "A disk is being replaced.", Until: u.now().Add(26 * time.Hour)}),
	)
}

func (u *UI) walk(shots []shot, each func(name string, w fyne.Window), done func()) {
	if len(shots) == 0 {
		tell(done)
		return
	}
	s := shots[0]
	if s.held {
		u.app.Settings().SetTheme(look.Held(s.variant))
	}
	w, key := s.show()
	u.after(settle, func() {
		tell(func() {
			if w == nil {
				w = u.Window(key)
			}
			each(s.name, w)
			closeDialogs(w)
			u.walk(shots[1:], each, done)
		})
	})
}

// closeDialogs leaves nothing above what a window shows.
func closeDialogs(w fyne.Window) {
	if w == nil {
		return
	}
	for top := w.Canvas().Overlays().Top(); top != nil; top = w.Canvas().Overlays().Top() {
		top.Hide()
	}
}

// paint draws a window's content off the screen: reading back what the graphics card painted gives nothing on some drivers.
func paint(w fyne.Window, path string) error {
	if w == nil {
		return fmt.Errorf("%s: its window did not open", filepath.Base(path))
	}
	layers := container.NewWithoutLayout(w.Content())
	for _, o := range w.Canvas().Overlays().List() {
		layers.Add(o)
	}
	c := software.NewCanvas()
	c.SetPadded(false)
	c.SetContent(layers)
	c.Resize(w.Canvas().Size())
	w.Content().Move(fyne.NewPos(0, 0))
	w.Content().Resize(w.Canvas().Size())
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := png.Encode(f, c.Capture()); err != nil {
		return err
	}
	return f.Close()
}

// Quit closes the windows and ends the program's loop.
func (u *UI) Quit() { u.app.Quit() }
