package figure

import (
	"fmt"
	"slices"
	"time"

	"backstop/app/say"
)

// Value is what a figure came to. One that nothing is known about, such as a share of no runs, is not Known and reads "-", never 0.
type Value struct {
	N     float64
	Known bool
	Count int // rows that it was counted from
}

// Of counts one figure.
func (d Definition) Of(f Facts, p Period) Value {
	switch {
	case d.time != nil:
		return d.middle(f.Cases, p)
	case d.good != nil:
		return d.share(f.Runs)
	case d.Runs != nil:
		return number(f.Runs, d.Runs)
	case d.Copies != nil:
		return number(f.Copies, func(c Copy) bool { return d.Copies(c, p) })
	}
	return number(f.Cases, func(c Case) bool { return d.Incidents(c, p) })
}

func number[T any](all []T, counts func(T) bool) Value {
	n := 0
	for _, v := range all {
		if counts(v) {
			n++
		}
	}
	return Value{N: float64(n), Known: true, Count: n}
}

func (d Definition) share(runs []Run) Value {
	of, good := 0, 0
	for _, r := range runs {
		if d.Runs(r) {
			of++
			if d.good(r) {
				good++
			}
		}
	}
	if of == 0 {
		return Value{}
	}
	return Value{N: float64(good) / float64(of), Known: true, Count: of}
}

// middle is the median. A time that runs backwards, of records judged by another clock, counts as none.
func (d Definition) middle(cases []Case, p Period) Value {
	var times []time.Duration
	for _, c := range cases {
		if d.Incidents(c, p) {
			times = append(times, max(d.time(c), 0))
		}
	}
	n := len(times)
	if n == 0 {
		return Value{}
	}
	slices.Sort(times)
	return Value{N: ((times[(n-1)/2] + times[n/2]) / 2).Hours(), Known: true, Count: n}
}

// Compare is the change from the period before, and whether it is "better" or "worse"; nothing where that cannot be said.
func (d Definition) Compare(now, before Value) (change Value, word string) {
	if !now.Known || !before.Known {
		return Value{}, ""
	}
	change = Value{N: now.N - before.N, Known: true}
	switch {
	case d.Better == Neither || change.N == 0:
		return change, ""
	case change.N > 0 == (d.Better == Up):
		return change, say.N("better")
	}
	return change, say.N("worse")
}

// Say is a value in words: "97.4 %", "1204", "3.5 h", "-" for one that is not known.
func (d Definition) Say(v Value) string {
	switch {
	case !v.Known:
		return "-"
	case d.Unit == Share:
		return say.Decimal(fmt.Sprintf("%.1f %%", v.N*100))
	case d.Unit == Hours:
		return say.Decimal(fmt.Sprintf("%.1f h", v.N))
	}
	return fmt.Sprint(int(v.N))
}
