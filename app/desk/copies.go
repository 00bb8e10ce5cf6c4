package desk

import (
	"context"
	"errors"
	"slices"
	"time"

	"backstop/app/say"
	"backstop/app/timeline"
)

// Copy is one of the copies of the database that lie in the data folder. Each was checked when it was made.
type Copy struct {
	Path string
	Made time.Time
	Why  CopyReason
	Size int64 // in bytes
}

// CopyReason says what a copy was made for.
type CopyReason string

// The reasons for a copy.
const (
	DailyCopy     CopyReason = "daily"
	BeforeVersion CopyReason = "before a new version"
	BeforePruning CopyReason = "before pruning"
	ByRequest     CopyReason = "asked for"
)

// CopyStatus is how copying by itself goes.
type CopyStatus struct {
	Copies []Copy // newest first
	Failed string // why the last attempt failed; "" when it did not
	At     time.Time
}

// DailyKept is how many daily copies are kept, beside the oldest of each month.
const DailyKept = 7

// copyAgain is how long after a copy that failed the next is tried: a full disk is not filled at every heartbeat.
const copyAgain = 15 * time.Minute

// Copies lists the copies in the data folder, and tells whether the last attempt to make one failed.
func (d *Desk) Copies(ctx context.Context, actor Actor) (CopyStatus, error) {
	if _, err := d.may(ctx, actor, ToSeeAll); err != nil {
		return CopyStatus{}, err
	}
	list, err := d.store.Copies(ctx)
	d.copying.Lock()
	defer d.copying.Unlock()
	return CopyStatus{Copies: list, Failed: d.copyFailed.Failed, At: d.copyFailed.At}, err
}

// CopyNow makes a copy in the data folder, whatever is there already.
func (d *Desk) CopyNow(ctx context.Context, actor Actor, progress Progress) (Copy, error) {
	if _, err := d.may(ctx, actor, ToCopy); err != nil {
		return Copy{}, err
	}
	c, err := d.makeCopy(ctx, ByRequest, progress)
	if err != nil {
		return Copy{}, err
	}
	return c, d.store.Record(ctx, d.entries(actor, timeline.Database, say.N("copied"), timeline.Said(say.N("why"), string(c.Why))))
}

// CopyDaily makes the copy of the day unless there is one, and drops what need not be kept. A day on which the program did not run
// is made good by the first tick after it.
func (d *Desk) CopyDaily(ctx context.Context, actor Actor) error {
	if _, err := d.may(ctx, actor, ToCopy); err != nil {
		return err
	}
	now := d.instant()
	if d.copyFailedSince(now.Add(-copyAgain)) {
		return nil
	}
	list, err := d.store.Copies(ctx)
	if err != nil {
		return d.copyEnded(now, err)
	}
	if !copyDue(list, now) {
		return nil
	}
	c, err := d.makeCopy(ctx, DailyCopy, nil)
	if err != nil {
		return err
	}
	var errs []error
	for _, old := range surplus(append(list, c)) {
		errs = append(errs, d.store.RemoveCopy(ctx, old))
	}
	d.publish(Event{Copies: true})
	return errors.Join(errs...)
}

// makeCopy makes one, and remembers whether that failed.
func (d *Desk) makeCopy(ctx context.Context, why CopyReason, progress Progress) (Copy, error) {
	now := d.instant()
	c, err := d.store.Copy(ctx, now, why, progress)
	if ctx.Err() != nil {
		return c, err // called off, which is no failure
	}
	return c, d.copyEnded(now, err)
}

// copyEnded remembers how an attempt to make a copy ended, and tells when that is not how the one before did.
func (d *Desk) copyEnded(at time.Time, err error) error {
	failed := ""
	if err != nil {
		failed = err.Error()
	}
	if errors.Is(err, ErrDamaged) {
		d.foundDamage(failed)
	}
	d.copying.Lock()
	turned := failed != d.copyFailed.Failed
	d.copyFailed = CopyStatus{Failed: failed, At: at}
	d.copying.Unlock()
	if turned {
		d.publish(Event{Copies: true})
	}
	return err
}

// copyFailedSince tells whether the last attempt failed, at an instant or later.
func (d *Desk) copyFailedSince(from time.Time) bool {
	d.copying.Lock()
	defer d.copying.Unlock()
	return d.copyFailed.Failed != "" && !d.copyFailed.At.Before(from)
}

// copyDue tells whether this day has no daily copy yet. Days are those of UTC, so that a journey makes neither two nor none.
func copyDue(list []Copy, now time.Time) bool {
	return !slices.ContainsFunc(list, func(c Copy) bool {
		return c.Why == DailyCopy && c.Made.UTC().Format(time.DateOnly) == now.UTC().Format(time.DateOnly)
	})
}

// surplus are the copies that need not be kept. What was made by itself stays while it is among the newest seven of its kind or the
// oldest of its month; what a person asked for stays.
func surplus(list []Copy) []Copy {
	newest := slices.SortedFunc(slices.Values(list), func(a, b Copy) int { return b.Made.Compare(a.Made) })
	oldest := map[string]time.Time{}
	for _, c := range newest {
		if c.Why == DailyCopy {
			oldest[monthOf(c.Made)] = c.Made
		}
	}
	kept := map[CopyReason]int{}
	return slices.DeleteFunc(newest, func(c Copy) bool {
		kept[c.Why]++
		return c.Why == ByRequest || kept[c.Why] <= DailyKept || c.Why == DailyCopy && c.Made.Equal(oldest[monthOf(c.Made)])
	})
}

func monthOf(t time.Time) string { return t.UTC().Format("2006-01") }
