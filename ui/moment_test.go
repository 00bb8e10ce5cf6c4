package ui

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

func lisbon(t *testing.T) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Lisbon")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func TestMoment_readsInTheZone(t *testing.T) {
	zone := lisbon(t)
	for text, want := range map[string]string{
		"2026-07-01 08:00":     "2026-07-01T07:00:00Z",
		"  2026-01-05  08:00 ": "2026-01-05T08:00:00Z",
		"2026-03-29 01:30":     "does not exist", // the clocks are put forward from 01:00 to 02:00
		"2026-13-01 08:00":     "is no time",
		"tomorrow":             "is no time",
		"":                     "a date and a time are needed",
	} {
		got, err := readMinutes(text, zone)
		said := got.UTC().Format(time.RFC3339)
		if err != nil {
			said = err.Error()
		}
		if !strings.Contains(said, want) {
			t.Errorf("%q gives %q, want %q", text, said, want)
		}
	}
}

func TestMoment_offersWhatIsUsual(t *testing.T) {
	zone := lisbon(t)
	for now, want := range map[string]string{
		"2026-03-02 09:30": "03-02 13:30, 03-03 08:00, 03-09 08:00", // a Monday: the next one
		"2026-03-08 23:10": "03-09 03:10, 03-09 08:00, 03-09 08:00",
		"2026-03-28 22:00": "03-29 03:00, 03-29 08:00, 03-30 08:00", // four hours across a night of 23
	} {
		at, err := time.ParseInLocation(minutes, now, zone)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, c := range soon(at) {
			got = append(got, c.at.In(zone).Format("01-02 15:04"))
		}
		if said := strings.Join(got, ", "); said != want {
			t.Errorf("at %s: %s, want %s", now, said, want)
		}
	}
	if first := soon(time.Date(2026, 3, 2, 9, 30, 1, 0, time.UTC))[0].at; first.Format(minutes) != "2026-03-02 13:31" {
		t.Errorf("four hours, up to the whole minute: %s", first.Format(minutes))
	}
}

// A day of the calendar keeps the time of day that was entered; without one it is eight o'clock.
func TestMoment_takesADayOfTheCalendar(t *testing.T) {
	u, _, _ := newTestUI(t)
	w := test.NewTempWindow(t, widget.NewLabel(""))
	m := newMoment(u, w)
	w.SetContent(m.object)
	w.Resize(fyne.NewSize(600, 500))
	for _, c := range []struct{ before, want string }{{"", "2026-03-24 08:00"}, {"2026-03-05 14:15", "2026-03-24 14:15"}} {
		m.field.SetText(c.before)
		m.calendar()
		for _, o := range test.LaidOutObjects(w.Canvas().Overlays().Top()) {
			if b, ok := o.(*widget.Button); ok && b.Text == "24" {
				test.Tap(b)
			}
		}
		if m.field.Text != c.want || w.Canvas().Overlays().Top() != nil {
			t.Errorf("from %q: %q, want %q", c.before, m.field.Text, c.want)
		}
	}
}

func TestText_ofZones(t *testing.T) {
	summer := time.Date(2026, 7, 1, 8, 0, 0, 0, time.UTC)
	for want, at := range map[string]time.Time{
		"UTC":                       summer,
		"Europe/Lisbon (UTC+01:00)": summer.In(lisbon(t)),
	} {
		if got := zoneText(at); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestText_ofDurations(t *testing.T) {
	for d, want := range map[time.Duration]string{
		35 * time.Second: "35 s", 14*time.Minute + 20*time.Second: "14 min", 125 * time.Minute: "2 h 05 min", -time.Second: "",
	} {
		if got := durationText(d); got != want {
			t.Errorf("%v: %q, want %q", d, got, want)
		}
	}
}
