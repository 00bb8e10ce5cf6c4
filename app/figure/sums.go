package figure

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/incident"
	"backstop/app/say"
)

// Sums are the figures of a period and the tables behind the charts.
type Sums struct {
	Period
	Values     map[Key]Value
	OpenBefore int // incidents open when the period began
	Days       []Day
	Ages       [len(AgeNames)]int
	Categories []Category
	Routines   []Failing // with runs without success, the worst first
	Clients    []Failing
	Teams      []Team
}

// Count counts everything about a period.
func Count(f Facts, p Period) Sums {
	s := Sums{Period: p, Values: map[Key]Value{}, Days: days(f, p), Categories: categories(f.Cases, p), Teams: teams(f.Cases, p)}
	for _, d := range Definitions {
		s.Values[d.Key] = d.Of(f, p)
	}
	for _, c := range f.Cases {
		if c.OpenAtStart(p) {
			s.OpenBefore++
		}
		if c.OpenAtEnd(p) {
			s.Ages[Age(p.To.Sub(c.Opened.Time()))]++
		}
	}
	s.Routines = failing(f, p, ByRoutine)
	s.Clients = failing(f, p, ByClient)
	return s
}

// Outcomes are the outcomes in the order in which days are stacked.
var Outcomes = []backup.Outcome{backup.Success, backup.Partial, backup.Failed, backup.Missed, backup.Cancelled, backup.Running}

// Day is one day of a period.
type Day struct {
	Period
	Runs      map[backup.Outcome]int // by the outcome of the last try so far
	Counted   int                    // runs whose first try is over
	FirstGood int
	Opened    int
	Closed    int
	Open      int // when it ended
}

func days(f Facts, p Period) []Day {
	var all []Day
	for d := range p.Days() {
		all = append(all, Day{Period: d, Runs: map[backup.Outcome]int{}})
	}
	of := func(t time.Time) (*Day, bool) {
		i, exact := slices.BinarySearchFunc(all, t, func(d Day, t time.Time) int { return d.From.Compare(t) })
		if !exact {
			i--
		}
		if i < 0 || !p.Has(t) {
			return nil, false
		}
		return &all[i], true
	}
	for _, r := range f.Runs {
		if d, ok := of(time.UnixMilli(r.At)); ok {
			d.Runs[r.End]++
			if r.Over() {
				d.Counted++
			}
			if r.First == backup.Success {
				d.FirstGood++
			}
		}
	}
	open := 0
	for _, c := range f.Cases {
		if d, ok := of(c.Opened.Time()); ok {
			d.Opened++
		}
		if d, ok := of(c.Closed.Time()); ok {
			d.Closed++
		}
		if c.OpenAtStart(p) {
			open++
		}
	}
	for i := range all {
		open += all[i].Opened - all[i].Closed
		all[i].Open = open
	}
	return all
}

// AgeNames are the age classes of open incidents, from young to old.
var AgeNames = [...]string{say.N("up to 4 h"), say.N("4 to 24 h"), say.N("1 to 3 days"), say.N("3 to 7 days"), say.N("over 7 days")}

// Age is the class of an age.
func Age(d time.Duration) int {
	const day = 24 * time.Hour
	for i, most := range []time.Duration{4 * time.Hour, day, 3 * day, 7 * day} {
		if d <= most {
			return i
		}
	}
	return len(AgeNames) - 1
}

// Category counts the incidents closed in a period under one category, by closing status.
type Category struct {
	Name     string
	Closed   map[incident.Closing]int
	Together int
}

func categories(cases []Case, p Period) []Category {
	found := map[string]*Category{}
	for _, c := range cases {
		if !c.closedIn(p) {
			continue
		}
		if found[c.Category] == nil {
			found[c.Category] = &Category{Name: c.Category, Closed: map[incident.Closing]int{}}
		}
		found[c.Category].Closed[c.Closing]++
		found[c.Category].Together++
	}
	return sorted(found, func(a, b Category) int {
		return cmp.Or(cmp.Compare(b.Together, a.Together), cmp.Compare(a.Name, b.Name))
	})
}

// Failing is a routine or a client with what went wrong.
type Failing struct {
	Routine
	Runs   int // that count
	Bad    int // without success
	Opened int // incidents
	Lost   int
}

// ByRoutine puts the clients of one policy together.
func ByRoutine(r Routine) Routine { return Routine{Tool: r.Tool, Policy: r.Policy} }

// ByClient puts the routines of one client together.
func ByClient(r Routine) Routine { return Routine{Client: cmp.Or(r.Host, r.Client)} }

// fold makes one of the names of a host in other case.
func (r Routine) fold() Routine {
	return Routine{Tool: r.Tool, Policy: r.Policy, Client: strings.ToLower(r.Client)}
}

func failing(f Facts, p Period, by func(Routine) Routine) []Failing {
	found := map[Routine]*Failing{}
	of := func(r Routine) *Failing {
		r = by(r)
		if found[r.fold()] == nil {
			found[r.fold()] = &Failing{Routine: r}
		}
		return found[r.fold()]
	}
	for _, r := range f.Runs {
		if !r.Over() {
			continue
		}
		x := of(f.Routines[r.Routine])
		x.Runs++
		if r.bad() {
			x.Bad++
		}
	}
	lost := closedAs(incident.ClosedMissed)
	for _, c := range f.Cases {
		x := of(*c.Routine)
		if p.Has(c.Opened.Time()) {
			x.Opened++
		}
		if lost(c, p) {
			x.Lost++
		}
	}
	all := sorted(found, func(a, b Failing) int {
		return cmp.Or(cmp.Compare(b.Bad, a.Bad), cmp.Compare(b.Opened, a.Opened), cmp.Compare(a.Tool, b.Tool), cmp.Compare(a.Policy, b.Policy), cmp.Compare(a.Client, b.Client))
	})
	return slices.DeleteFunc(all, func(x Failing) bool { return x.Bad == 0 })
}

// Team is an external team with the incidents that wait for it now.
type Team struct {
	Name    string
	Waiting int
	Overrun int // whose time was over when the period ended
}

func teams(cases []Case, p Period) []Team {
	found := map[string]*Team{}
	for _, c := range cases {
		if !c.Waits(p) {
			continue
		}
		if found[c.Team] == nil {
			found[c.Team] = &Team{Name: c.Team}
		}
		found[c.Team].Waiting++
		if c.Until.Time().Before(p.To) {
			found[c.Team].Overrun++
		}
	}
	return sorted(found, func(a, b Team) int { return cmp.Or(cmp.Compare(b.Waiting, a.Waiting), cmp.Compare(a.Name, b.Name)) })
}

// Waits tells whether an incident that was open at the end is on hold now.
func (c Case) Waits(p Period) bool { return c.State == incident.OnHold && c.OpenAtEnd(p) }

func sorted[K comparable, V any](found map[K]*V, by func(a, b V) int) []V {
	all := make([]V, 0, len(found))
	for _, v := range found {
		all = append(all, *v)
	}
	slices.SortFunc(all, by)
	return all
}
