package ui

import (
	"strings"
	"time"

	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/expect"
	"backstop/app/incident"
	"backstop/app/say"
)

// What explains an incident that the sweep opened: a run that did not start or does not end, a source that is silent. And the offer to
// close one that turns out to be a false alarm.

// absenceFacts say why it counts as missed, silent or stalled, and what proves it.
func (u *UI) absenceFacts(d desk.Detail) []fact {
	switch {
	case d.Miss != nil:
		return u.missFacts(*d.Miss)
	case d.Silence != nil:
		return u.silenceFacts(*d.Silence)
	case d.Stall != nil:
		return u.stallFacts(*d.Stall)
	}
	return nil
}

func (u *UI) missFacts(m desk.Miss) []fact {
	starts := each(m.Starts, func(t time.Time) string { return u.clockText(t) })
	if len(starts) == 0 {
		starts = []string{say.T("none known")}
	}
	return []fact{
		{say.T("Grace"), say.T("%s: it could have started until %s", expect.Span(m.Latest.Sub(m.Due)), u.clockText(m.Latest))},
		{say.T("Last starts"), strings.Join(starts, ",  ")},
		{say.T("Covered by"), say.T("data until %s, in %s", u.clockText(m.Covered), coverText(m.Path))},
		{"SHA-256", m.SHA256},
		{say.T("Noticed"), noticedLate(m.Late, say.T("detected late: nobody looked when it came due"))},
	}
}

// coverText names the file that proves that a run did not start.
func coverText(path string) string {
	if path == "" {
		return say.T("a file of another branch's source")
	}
	return shortPath(path)
}

func (u *UI) silenceFacts(s desk.Silenced) []fact {
	came := ""
	if !s.Ended.IsZero() {
		came = say.T("%s, with %s", u.clockText(s.Ended), shortPath(s.File))
	}
	return []fact{
		{say.T("Silent since"), u.clockText(s.Since)},
		{say.T("Rhythm"), say.T("something comes at least every %s", expect.Span(s.Every))},
		{say.T("Data came"), came},
		{say.T("Noticed"), noticedLate(s.Late, say.T("detected late: nobody looked when the rhythm was over"))},
	}
}

func (u *UI) stallFacts(s desk.Stall) []fact {
	usual := say.T("not known")
	if s.Usual > 0 {
		usual = durationText(s.Usual)
	}
	return []fact{
		{say.T("Running since"), u.clockText(s.Since)},
		{say.T("Limit"), say.T("%s, over at %s", expect.Span(s.Limit), u.clockText(s.Since.Add(s.Limit)))},
		{say.T("Usual time"), usual},
		{say.T("Noticed"), noticedLate(s.Late, say.T("detected late: nobody looked when the limit was over"))},
	}
}

// noticedLate says that something was noticed late because nobody looked; nothing where it was not.
func noticedLate(late bool, words string) string {
	if !late {
		return ""
	}
	return words
}

// offerText says why an open incident may be a false alarm; nothing where it is none.
func (u *UI) offerText(d desk.Detail) string {
	in := d.Incident
	switch {
	case in.Closing != incident.NotClosed || in.State == incident.Merged:
		return ""
	case d.Silence != nil && !d.Silence.Ended.IsZero():
		return say.T("Data came again, %s. What was really missed meanwhile is judged from it.", u.clockText(d.Silence.Ended))
	case d.Execution == nil || d.Execution.Outcome != backup.Success || d.Execution.Tries > 1:
		return ""
	case in.Cause == incident.CauseMissed:
		return say.T("It did run: later data tells of a success that started %s.", u.clockText(d.Execution.At()))
	}
	return say.T("The run is reported as a success now.")
}

// offerMark stands below the header of an open incident that may be closed as a false alarm.
type offerMark struct {
	*strap
	said *widget.Label
}

func newOfferMark(i *incidentWindow) *offerMark {
	m := &offerMark{said: widget.NewLabel("")}
	m.said.TextStyle.Bold = true
	m.strap = newStrap(theme.ConfirmIcon(), m.said, newButton(say.T("Close as Success…"), nil, func() {
		i.act.openClose([]int64{i.id}, func(c *closeWizard) { c.account.choose(incident.ClosedSuccess) })
	}))
	return m
}

func (m *offerMark) show(text string) {
	m.said.SetText(text)
	m.strap.show(text != "")
}
