package data

import (
	"testing"
	"time"

	"backstop/app/backup"
	"backstop/app/desk"
)

// What is lost begins with the newest copy that could still be restored from when the run failed.
func TestLosses_ofCopiesThatExpire(t *testing.T) {
	expires := func(hours float64) func(*backup.Execution) {
		return func(e *backup.Execution) { e.Expires = at(hours) }
	}
	as := func(k backup.Kind) func(*backup.Execution) { return func(e *backup.Execution) { e.Kind = k } }
	for name, c := range map[string]struct {
		before []any
		want   time.Time
	}{
		"never expires":           {[]any{night("1", backup.Success, from(-30))}, at(-29)},
		"had expired":             {[]any{night("1", backup.Success, from(-30), expires(-7))}, time.Time{}},
		"expires with the run":    {[]any{night("1", backup.Success, from(-30), expires(-6))}, time.Time{}},
		"expires after it":        {[]any{night("1", backup.Success, from(-30), expires(-5.9))}, at(-29)},
		"an older one is kept":    {[]any{night("1", backup.Success, from(-80), expires(90)), night("2", backup.Success, from(-30), expires(-7))}, at(-79)},
		"a log backup is one too": {[]any{night("1", backup.Success, from(-80)), night("2", backup.Success, from(-30), as(backup.Log))}, at(-29)},
		"a restore is none":       {[]any{night("1", backup.Success, from(-80)), night("2", backup.Success, from(-30), as(backup.Restore))}, at(-79)},
		"a partial one is none":   {[]any{night("1", backup.Success, from(-80)), night("2", backup.Partial, from(-30))}, at(-79)},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			d.read(0, append(c.before, night("8", backup.Failed), night("9", backup.Success, from(-3), expires(-1)))...)
			var failed int64
			d.must(d.Store.read.QueryRowContext(t.Context(), "SELECT id FROM incidents WHERE session = '8'").Scan(&failed))
			n := 0
			for l, err := range d.Losses(t.Context(), desk.Everything(), []int64{failed}) {
				d.must(err)
				n++
				if !l.Failed.Equal(at(-6)) || !l.Before.Equal(c.want) || !l.After.Equal(at(-2)) {
					t.Errorf("lost from %v to %v, want from %v", l.Before, l.After, c.want)
				}
			}
			if n != 1 {
				t.Errorf("%d losses", n)
			}
		})
	}
}
