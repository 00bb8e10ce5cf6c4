package expect

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"time"

	"backstop/app/say"
)

// Proposal is an expectation learned from history. It is only proposed: a person confirms it.
type Proposal struct {
	Expectation
	Words      string      // "weekdays at 22:00"
	Plain      string      // the same in English, for what is kept
	Confidence float64     // 0 to 1
	Kept       int         // due times since the first of the runs that had a run
	Due        int         // all of them
	Runs       []time.Time // that it was learned from, oldest first
}

// LearnFrom is how many of a routine's last starts are looked at, and LearnBack how far back.
const (
	LearnFrom = 400
	LearnBack = 400 * day
)

// believable is the confidence below which nothing is proposed.
const believable = 0.6

// Learn finds out from starts when a routine runs, in a zone. What is too short or too irregular gives no proposal.
func Learn(starts []time.Time, zone string) (Proposal, bool) {
	starts = slices.Clone(starts)
	slices.SortFunc(starts, time.Time.Compare)
	if len(starts) > LearnFrom {
		starts = starts[len(starts)-LearnFrom:]
	}
	loc, err := time.LoadLocation(zone)
	if err != nil || len(starts) < 3 {
		return Proposal{}, false
	}
	h := newHistory(starts, loc)
	var best Proposal
	weighed := map[Expectation]bool{}
	for _, c := range slices.Concat(h.intervals(), h.slotted(20*time.Minute), h.slotted(time.Hour), h.slotted(3*time.Hour)) {
		c.Zone = zone
		if weighed[c.Expectation] {
			continue
		}
		weighed[c.Expectation] = true
		p, ok := c.weigh(starts)
		if ok && (best.None() || p.Confidence > best.Confidence+1e-9) {
			best = p
		}
	}
	return best, best.Confidence >= believable
}

// candidate is a guess that is to be held against the history.
type candidate struct {
	Expectation
	words phrase
	least int // runs that make it believable at all
}

// weigh counts how many due times had a run, and how many runs no due time explains.
func (c candidate) weigh(starts []time.Time) (Proposal, bool) {
	s, err := c.Schedule()
	if err != nil {
		return Proposal{}, false
	}
	s.Grace = 0 // windows as the due times lie; how late runs come is measured here
	dues := s.Between(starts[0].Add(-leeway), starts[len(starts)-1].Add(time.Second))
	if len(dues) == 0 {
		return Proposal{}, false
	}
	late, extra := hold(dues, starts)
	kept := len(late)
	if kept < c.least {
		return Proposal{}, false
	}
	gap := starts[len(starts)-1].Sub(starts[0]) / time.Duration(max(len(dues)-1, 1))
	c.Grace = graceFor(late, gap)
	inTime := 0
	for _, l := range late {
		if l <= c.Grace {
			inTime++
		}
	}
	n := float64(kept)
	tightness := 1 - 0.1*min(1, float64(late[len(late)*9/10])/float64(max(gap, 1)))
	p := Proposal{Expectation: c.Expectation, Words: c.words(inWords), Plain: c.words(plain), Kept: kept, Due: len(dues), Runs: starts}
	p.Confidence = n / float64(len(dues)) * float64(inTime) / float64(kept+extra) * n / (n + 1) * tightness
	return p, true
}

// leeway is how far the first start may lie after its due time.
const leeway = 3 * time.Hour

// hold pairs each due time with the first start until the next: late is how long after, in order; extra are the other starts.
func hold(dues, starts []time.Time) (late []time.Duration, extra int) {
	i := 0
	for i < len(starts) && starts[i].Before(dues[0]) {
		i, extra = i+1, extra+1
	}
	for d, due := range dues {
		first := true
		for i < len(starts) && (d+1 == len(dues) || starts[i].Before(dues[d+1])) {
			if first {
				late = append(late, starts[i].Sub(due))
			} else {
				extra++
			}
			first, i = false, i+1
		}
	}
	slices.Sort(late)
	return late, extra
}

// graceFor is twice what runs are usually late, in quarters of an hour; at least half an hour, or half the gap where that is less.
func graceFor(late []time.Duration, gap time.Duration) time.Duration {
	const quarter = 15 * time.Minute
	usual := late[(len(late)-1)*95/100]
	grace := max(2*usual, min(2*quarter, gap/2))
	if gap >= 20*time.Hour {
		grace = max(grace, time.Hour)
	}
	grace = (grace + quarter - 1) / quarter * quarter
	return max(min(grace, gap/2/time.Minute*time.Minute), time.Minute)
}

// history is a routine's starts as the rules of learning look at them.
type history struct {
	starts []time.Time
	walls  []time.Time // pretend-UTC
	zone   *time.Location
}

func newHistory(starts []time.Time, zone *time.Location) history {
	h := history{starts: starts, zone: zone}
	for _, s := range starts {
		h.walls = append(h.walls, pretend(s, zone))
	}
	return h
}

// intervals guesses "every n hours or minutes" from the usual gap.
func (h history) intervals() []candidate {
	var gaps []time.Duration
	for i := 1; i < len(h.starts); i++ {
		gaps = append(gaps, h.starts[i].Sub(h.starts[i-1]))
	}
	slices.Sort(gaps)
	gap := gaps[len(gaps)/2].Round(5 * time.Minute)
	if gap < shortest || gap >= day {
		return nil
	}
	offset := h.phase(gap)
	minute, hours := int(offset/time.Minute)%60, int(gap/time.Hour)
	words := said(say.Recordable("every %s"), Span(gap))
	whole := candidate{words: words, least: 8}
	switch {
	case gap%time.Hour == 0 && 24%hours == 0 && hours == 1:
		whole.Cron = fmt.Sprintf("%d * * * *", minute)
	case gap%time.Hour == 0 && 24%hours == 0:
		whole.Cron = fmt.Sprintf("%d %d-23/%d * * *", minute, int(offset/time.Hour)%hours, hours)
	case gap < time.Hour && time.Hour%gap == 0:
		step := int(gap / time.Minute)
		whole.Cron = fmt.Sprintf("%d-59/%d * * * *", minute%step, step)
	default:
		whole.Every, whole.Anchor = gap, h.starts[0].Truncate(time.Minute)
	}
	return []candidate{whole}
}

// phase is how long after a multiple of the gap, counted from midnight, starts come at the earliest.
func (h history) phase(gap time.Duration) time.Duration {
	phases := make([]time.Duration, len(h.walls))
	for i, w := range h.walls {
		phases[i] = w.Sub(w.Truncate(day)) % gap
	}
	slices.Sort(phases)
	// the widest empty stretch on the circle ends where starts begin
	best, widest := phases[0], phases[0]+gap-phases[len(phases)-1]
	for i := 1; i < len(phases); i++ {
		if empty := phases[i] - phases[i-1]; empty > widest {
			best, widest = phases[i], empty
		}
	}
	return snap(best)
}

// snap takes a time of the clock back to a round one: jobs are scheduled at 22:00, and start seconds later.
func snap(t time.Duration) time.Duration {
	if down := t.Truncate(5 * time.Minute); t-down < 2*time.Minute {
		return down
	}
	return t.Truncate(time.Minute)
}

// slot is a time of the day at which runs start.
type slot struct {
	at    time.Duration   // the earliest, since midnight
	dates []time.Time     // of its runs, midnights; a run after midnight belongs to the evening before
	late  []time.Duration // how long after
	zone  *time.Location
}

// slotted guesses from the times of the day at which runs start; those less than apart are one.
func (h history) slotted(apart time.Duration) []candidate {
	slots := h.slots(apart)
	switch {
	case len(slots) == 0 || len(slots) > 12:
		return nil
	case len(slots) == 1:
		return slots[0].candidates()
	}
	return several(slots)
}

func (h history) slots(apart time.Duration) []slot {
	order := slices.Clone(h.walls)
	slices.SortFunc(order, func(a, b time.Time) int { return cmp.Compare(ofDay(a), ofDay(b)) })
	begin := 0 // behind an empty stretch, so that no slot is cut at midnight
	for i := range order {
		prev := order[(i+len(order)-1)%len(order)]
		if gap := ofDay(order[i]) - ofDay(prev); gap >= apart || i == 0 && gap+day >= apart {
			begin = i
			break
		}
	}
	var slots []slot
	last := time.Duration(math.MinInt64)
	for i := range order {
		w := order[(begin+i)%len(order)]
		at := ofDay(w)
		since := at - last
		if since < 0 {
			since += day
		}
		if last == math.MinInt64 || since >= apart {
			slots = append(slots, slot{at: snap(at), zone: h.zone})
		}
		last = at
		s := &slots[len(slots)-1]
		late := at - s.at
		if late < 0 {
			late += day
		}
		s.dates = append(s.dates, w.Add(-late).Truncate(day))
		s.late = append(s.late, late)
	}
	return frequent(slots)
}

func ofDay(w time.Time) time.Duration { return w.Sub(w.Truncate(day)) }

// frequent leaves out the slots of runs that somebody started by hand.
func frequent(slots []slot) []slot {
	most := 0
	for _, s := range slots {
		most = max(most, len(s.dates))
	}
	slots = slices.DeleteFunc(slots, func(s slot) bool { return 4*len(s.dates) < most })
	slices.SortFunc(slots, func(a, b slot) int { return cmp.Compare(a.at, b.at) })
	for i := range slots {
		slices.SortFunc(slots[i].dates, time.Time.Compare)
		slots[i].dates = slices.CompactFunc(slots[i].dates, time.Time.Equal)
	}
	return slots
}
