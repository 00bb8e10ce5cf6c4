package data

import (
	"context"
	"testing"
	"time"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/expect"
)

// Every setting that can keep an incident from opening is changed with a reason only, and the timeline tells what it was and why.
func TestSettings_thatKeepIncidentsFromOpening(t *testing.T) {
	routine := func(change func(*desk.RoutineSettings)) func(context.Context, *desk.Desk, string) error {
		return func(ctx context.Context, d *desk.Desk, reason string) error {
			_, err := d.ChangeRoutines(ctx, rosa, []int64{1}, reason, change)
			return err
		}
	}
	source := func(change func(*backup.Source)) func(context.Context, *desk.Desk, string) error {
		return func(ctx context.Context, d *desk.Desk, reason string) error {
			states, err := d.Sources(ctx, rosa)
			if err != nil {
				return err
			}
			s := states[0].Source
			change(&s)
			_, err = d.SaveSource(ctx, rosa, s, reason)
			return err
		}
	}
	d := newDesk(t)
	d.read(0, night("1", backup.Success), lagoon("2", -5))
	daily := expect.Expectation{Cron: "0 2 * * *", Zone: "UTC", Grace: time.Hour}
	for _, tt := range []struct {
		name string
		do   func(ctx context.Context, d *desk.Desk, reason string) error
		said string
	}{
		{"expectation", routine(func(s *desk.RoutineSettings) { s.Expectation = daily }), "routine 1 by rosa: expected: 0 2 * * *, UTC, grace 1 h, judged from: 2026-03-02T08:00:00Z, "},
		{"grace", routine(func(s *desk.RoutineSettings) { s.Expectation.Grace = 4 * time.Hour }), "routine 1 by rosa: expected: 0 2 * * *, UTC, grace 1 h → 0 2 * * *, UTC, grace 4 h, "},
		{"start of coverage", routine(func(s *desk.RoutineSettings) { s.CoverFrom = at(72) }), "routine 1 by rosa: judged from: 2026-03-02T08:00:00Z → 2026-03-05T08:00:00Z, "},
		{"calendar", routine(func(s *desk.RoutineSettings) { s.Calendar = "town" }), "routine 1 by rosa: calendar: town, "},
		{"stalled", routine(func(s *desk.RoutineSettings) { s.Stalled = 48 * time.Hour }), "routine 1 by rosa: stalled after: 48 h, "},
		{"partial", routine(func(s *desk.RoutineSettings) { s.Partial = backup.No }), "routine 1 by rosa: partial opens: no, "},
		{"cancelled", routine(func(s *desk.RoutineSettings) { s.Cancelled = backup.No }), "routine 1 by rosa: cancelled opens: no, "},
		{"restores", routine(func(s *desk.RoutineSettings) { s.Restores = backup.Yes }), "routine 1 by rosa: restores open: yes, "},
		{"vital", routine(func(s *desk.RoutineSettings) { s.Vital = backup.No }), "routine 1 by rosa: vital: no, "},
		{"analyses", routine(func(s *desk.RoutineSettings) { s.Off.Volume = true }), "routine 1 by rosa: analyses off: volume, "},
		{"disabled", routine(func(s *desk.RoutineSettings) { s.Disabled = true }), "routine 1 by rosa: disabled: yes, "},
		{"tool", func(ctx context.Context, d *desk.Desk, reason string) error {
			return d.ChangeTool(ctx, rosa, "Veeam", reason, desk.ToolSettings{Partial: backup.No})
		}, "setting 0 by rosa: tool: Veeam, partial opens: no, "},
		{"holidays", func(ctx context.Context, d *desk.Desk, reason string) error {
			return d.SaveCalendar(ctx, rosa, expect.Calendar{Name: "town", Holidays: []string{"2026-12-25"}}, false, reason)
		}, "setting 0 by rosa: calendar: town, holidays: 2026-12-25, "},
		{"blackout", func(ctx context.Context, d *desk.Desk, reason string) error {
			return d.SaveCalendar(ctx, rosa, expect.Calendar{Name: "town", Blackouts: []expect.Blackout{{From: at(0), To: at(5), Reason: "tapes"}}}, false, reason)
		}, "setting 0 by rosa: calendar: town, holidays: 2026-12-25 → , blackouts: 2026-03-02T08:00:00Z to 2026-03-02T13:00:00Z tapes, "},
		{"calendar removed", func(ctx context.Context, d *desk.Desk, reason string) error {
			return d.SaveCalendar(ctx, rosa, expect.Calendar{Name: "town"}, true, reason)
		}, "setting 0 by rosa: calendar: town, blackouts: 2026-03-02T08:00:00Z to 2026-03-02T13:00:00Z tapes → , "},
		{"alias", func(ctx context.Context, d *desk.Desk, reason string) error {
			return d.ConfirmAliases(ctx, rosa, []desk.Alias{{Name: "harbour", Host: "harbour.cove.example"}}, reason)
		}, "setting 0 by rosa: alias: harbour = harbour.cove.example, "},
		{"alias changed", func(ctx context.Context, d *desk.Desk, reason string) error {
			return d.ChangeAlias(ctx, rosa, "harbour", desk.Alias{Name: "harbour", Host: "quay.cove.example"}, reason)
		}, "setting 0 by rosa: alias: harbour = harbour.cove.example → harbour = quay.cove.example, "},
		{"alias removed", func(ctx context.Context, d *desk.Desk, reason string) error {
			return d.RemoveAliases(ctx, rosa, []desk.Alias{{Name: "harbour"}}, reason)
		}, "setting 0 by rosa: alias: harbour = quay.cove.example, "},
		{"rhythm", source(func(s *backup.Source) { s.Rhythm, s.Every = backup.FixedRhythm, 26*time.Hour }), "source 1 by rosa: rhythm: not confirmed → fixed, 26 h, "},
		{"no rhythm", source(func(s *backup.Source) { s.Rhythm, s.Every = backup.NoRhythm, 0 }), "source 1 by rosa: rhythm: fixed, 26 h → none, "},
		{"paused", source(func(s *backup.Source) { s.Paused = true }), "source 1 by rosa: paused: false → true, "},
		{"proposal confirmed", func(ctx context.Context, d *desk.Desk, reason string) error {
			_, err := d.ConfirmProposals(ctx, rosa, []desk.RoutineProposal{{Routine: 2, Proposal: expect.Proposal{Expectation: daily}}}, reason)
			return err
		}, "routine 2 by rosa: expected: 0 2 * * *, UTC, grace 1 h, judged from: 2026-03-02T08:00:00Z, "},
		{"proposal dismissed", func(ctx context.Context, d *desk.Desk, reason string) error {
			return d.DismissProposals(ctx, rosa, []desk.RoutineProposal{{Routine: 2, Proposal: expect.Proposal{Expectation: daily, Plain: "daily at 02:00"}}}, reason)
		}, "routine 2 by rosa: proposed: daily at 02:00, expected: 0 2 * * *, UTC, grace 1 h, "},
		{"source removed", func(ctx context.Context, d *desk.Desk, reason string) error {
			return d.RemoveSource(ctx, rosa, 1, reason)
		}, "source 1 by rosa: "},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d.t = t
			before := len(d.rows("SELECT seq FROM timeline"))
			if err := tt.do(t.Context(), d.desk, " "); err == nil {
				t.Error("changed without a reason")
			}
			if after := len(d.rows("SELECT seq FROM timeline")); after != before {
				t.Errorf("%d entries without a reason", after-before)
			}
			d.must(tt.do(t.Context(), d.desk, "as agreed"))
			entries, err := d.Timeline(t.Context(), desk.Everything(), desk.TimelineQuery{Limit: 1})
			d.must(err)
			said := d.said(entries[0].Action)
			if last := said[len(said)-1]; last != tt.said+"reason: as agreed" {
				t.Errorf("said  %s\nwant  %s", last, tt.said+"reason: as agreed")
			}
		})
	}
}
