package ui

import (
	"errors"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/dustin/go-humanize"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/incident"
	"backstop/app/say"
	"backstop/app/timeline"
	"backstop/ui/look"
)

// Every word that is shown for a value stands here, so that it is the same in all windows.

func stateWord(s incident.State) string {
	switch s {
	case incident.New:
		return say.T("New")
	case incident.InProgress:
		return say.T("In Progress")
	case incident.OnHold:
		return say.T("On Hold")
	case incident.Closed:
		return say.T("Closed")
	case incident.Merged:
		return say.T("Merged")
	}
	return ""
}

func stateTone(s incident.State) look.Tone {
	switch s {
	case incident.New:
		return look.New
	case incident.InProgress:
		return look.InProgress
	case incident.OnHold:
		return look.OnHold
	case incident.Merged:
		return look.Merged
	case incident.Closed:
	}
	return look.Plain
}

// closingWord never uses the word of the cause "missed" alone.
func closingWord(c incident.Closing) string {
	switch c {
	case incident.ClosedSuccess:
		return say.T("Success")
	case incident.ClosedMissed:
		return say.T("Missed (lost)")
	case incident.Reprocessed:
		return say.T("Reprocessed")
	case incident.NotClosed:
	}
	return ""
}

func closingTone(c incident.Closing) look.Tone {
	switch c {
	case incident.ClosedSuccess:
		return look.Success
	case incident.ClosedMissed:
		return look.Lost
	case incident.Reprocessed:
		return look.Reprocessed
	case incident.NotClosed:
	}
	return look.Plain
}

func causeWord(c incident.Cause) string {
	if c == incident.CauseMissed {
		return say.T("did not start")
	}
	return say.W(c.String())
}

func outcomeWord(o backup.Outcome) string {
	if o == backup.Missed {
		return say.T("did not start")
	}
	return say.W(o.String())
}

func kindWord(k backup.Kind) string { return say.W(k.String()) }

func outcomeTone(o backup.Outcome) look.Tone {
	switch o {
	case backup.Success:
		return look.Success
	case backup.Partial:
		return look.Partial
	case backup.Failed:
		return look.Failed
	case backup.Missed:
		return look.DidNotStart
	case backup.Cancelled:
		return look.Cancelled
	case backup.Running:
		return look.Running
	}
	return look.Plain
}

// personWord is a name in the timeline; what happens by itself has a word in place of one.
func personWord(name string) string {
	if name == timeline.System {
		return say.T("system")
	}
	return name
}

// clockText is a time as tables show it, in the zone of the desk.
func (u *UI) clockText(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return say.Minute(t.In(u.zone))
}

// ageText is how long ago, short: "5 min", "3 h", "12 d".
func (u *UI) ageText(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return spanText(u.now().Sub(t))
}

// age is how long ago, in whole minutes.
func (u *UI) age(t time.Time) time.Duration {
	if t.IsZero() {
		return 0
	}
	return u.now().Sub(t).Truncate(time.Minute)
}

func spanText(d time.Duration) string {
	switch {
	case d < 0:
		return say.T("0 min")
	case d < time.Hour:
		return say.T("%d min", int(d.Minutes()))
	case d < 48*time.Hour:
		return say.T("%d h", int(d.Hours()))
	}
	return say.T("%d d", int(d.Hours()/24))
}

// sizeText is a size with a unit of 1024, such as "1.4 TiB".
func sizeText(c backup.Count) string {
	n, ok := c.Value()
	if !ok {
		return ""
	}
	return say.Decimal(humanize.IBytes(uint64(max(n, 0))))
}

func countText(n int) string { return say.Count(int64(n)) }

func numberText(c backup.Count) string {
	n, ok := c.Value()
	if !ok {
		return ""
	}
	return say.Count(n)
}

// secondText is a time to the second, for where it is read closely.
func (u *UI) secondText(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return say.Second(t.In(u.zone))
}

// durationText is how long a run took: "35 s", "14 min", "2 h 05 min".
func durationText(d time.Duration) string {
	switch d = d.Round(time.Second); {
	case d < 0:
		return ""
	case d < 2*time.Minute:
		return say.T("%d s", int(d.Seconds()))
	case d < time.Hour:
		return say.T("%d min", int(d.Minutes()))
	}
	return say.T("%d h %02d min", int(d.Hours()), int(d.Minutes())%60)
}

// tookText is the duration of a run; nothing while one of its ends is unknown.
func tookText(e backup.Execution) string {
	if e.Start.IsZero() || e.End.IsZero() {
		return ""
	}
	return durationText(e.End.Sub(e.Start))
}

// zoneText is the zone of a time: its name, where it has one, and how far it is from UTC then.
func zoneText(t time.Time) string {
	name := t.Location().String()
	if name == "Local" || name == "" {
		name = t.Format("MST")
	}
	if name == "UTC" {
		return name
	}
	return name + " (UTC" + t.Format("-07:00") + ")"
}

var monthWords = [...]string{
	time.January: say.N("January"), time.February: say.N("February"), time.March: say.N("March"), time.April: say.N("April"),
	time.May: say.N("May"), time.June: say.N("June"), time.July: say.N("July"), time.August: say.N("August"),
	time.September: say.N("September"), time.October: say.N("October"), time.November: say.N("November"), time.December: say.N("December"),
}

func monthWord(m time.Month) string { return say.W(monthWords[m]) }

func idText(id int64) string { return strconv.FormatInt(id, 10) }

// sayError is an error in words for people. The chain goes to the log.
func sayError(err error) string {
	switch {
	case errors.Is(err, desk.ErrBusy):
		return say.T("Another program is writing to the database. Try again in a moment.")
	case errors.Is(err, desk.ErrFull):
		return say.T("The disk that holds the database is full. Nothing was changed. Make room, and do it again; watched folders go on by themselves.")
	case errors.Is(err, desk.ErrReadOnly):
		return say.T("The database cannot be written to. Nothing was changed. See to the rights of its folder, and do it again; watched folders go on by themselves.")
	case errors.Is(err, incident.ErrNotAllowed):
		return sentence(strings.TrimSuffix(say.Err(err), ": "+say.Err(incident.ErrNotAllowed)))
	}
	return sentence(say.Err(err))
}

// capital begins with a great letter.
func capital(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:]
}

func sentence(s string) string {
	if s == "" {
		return ""
	}
	s = capital(s)
	if !strings.HasSuffix(s, ".") && !strings.HasSuffix(s, "?") {
		s += "."
	}
	return s
}
