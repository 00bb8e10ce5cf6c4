package data

import (
	"fmt"
	"testing"
	"time"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/expect"
)

// What is open although today's settings would not open it is offered: by the routine, and where all is judged again.
func TestOffered_whatTodaysSettingsWouldNotOpen(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(*aDesk)
		want   string
	}{
		"nothing changed": {func(*aDesk) {}, "[]"},
		"disabled":        {func(d *aDesk) { d.expects(func(s *desk.RoutineSettings) { s.Disabled = true }) }, "[1 2 4]"},
		"nothing is expected": {func(d *aDesk) {
			d.expects(func(s *desk.RoutineSettings) { s.Expectation = expect.Expectation{} })
		}, "[1 2]"},
		"at another time": {func(d *aDesk) {
			d.expects(func(s *desk.RoutineSettings) { s.Expectation.Cron = "0 2 * * 1" })
		}, "[1]"},
		"a holiday": {func(d *aDesk) {
			d.must(d.desk.SaveCalendar(d.t.Context(), rosa, expect.Calendar{Name: "town", Everybody: true, Holidays: []string{"2026-03-02"}}, false, "a feast"))
		}, "[2]"},
		"partial opens none": {func(d *aDesk) { d.expects(func(s *desk.RoutineSettings) { s.Partial = backup.No }) }, "[3]"},
	} {
		t.Run(name, func(t *testing.T) {
			d := deskAt(t, -54)
			d.read(-54, night("0", backup.Success, from(-78)))
			d.expects(func(s *desk.RoutineSettings) { nightly(s); s.CoverFrom = at(-36); s.Stalled = 9 * time.Hour })
			d.now = at(0)
			d.read(0, lagoon("91", -4))
			d.sweeps(0, desk.Swept{Missed: 2})
			d.read(1, night("3", backup.Partial, from(-60)), night("4", backup.Running, func(e *backup.Execution) { e.Start, e.End = at(-40), time.Time{} }))
			d.sweeps(1, desk.Swept{Stalled: 1})
			equal(t, d.causes(), "1 missed Sun 02:00: new", "2 missed Mon 02:00: new", "3 partial: new", "4 stalled: new")
			tt.change(d)
			offered, err := d.desk.OfferedOf(t.Context(), rosa, []int64{1})
			d.must(err)
			again, err := d.desk.Rejudge(t.Context(), rosa, desk.RejudgeRequest{}, true, nil)
			d.must(err)
			if got := fmt.Sprint(offered); got != tt.want || fmt.Sprint(again.Offered) != got {
				t.Errorf("offered %s, judged again %v, want %s", got, again.Offered, tt.want)
			}
		})
	}
}
