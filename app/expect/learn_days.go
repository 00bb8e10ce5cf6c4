package expect

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"backstop/app/say"
)

// candidates guess the days of a routine that runs at one time of the day.
func (s slot) candidates() []candidate {
	var found []candidate
	add := func(days string, words phrase, least int) {
		found = append(found, candidate{Expectation: Expectation{Cron: clock(s.at) + " " + days}, words: said(say.Recordable("%s at %s"), words, hm(s.at)), least: least})
	}
	if days := s.weekdays(); len(days) > 0 {
		add("* * "+fields(days), func(s speech) string { return weekWords(s, days) }, map[bool]int{true: 4, false: 5}[len(days) == 1])
	}
	if dom, n := mode(s.dates, func(d time.Time) int { return d.Day() }); n >= 3 {
		add(fmt.Sprintf("%d * *", dom), said(say.Recordable("monthly on the %s"), ordinal(dom)), 3)
	}
	add("L * *", said(say.Recordable("monthly on the last day")), 3)
	weekday, _ := mode(s.dates, func(d time.Time) int { return int(d.Weekday()) })
	nth, _ := mode(s.dates, func(d time.Time) int { return (d.Day() + 6) / 7 })
	add(fmt.Sprintf("* * %d#%d", weekday, nth), said(say.Recordable("monthly on the %s %s"), ordinal(nth), time.Weekday(weekday)), 3)
	add(fmt.Sprintf("* * %dL", weekday), said(say.Recordable("monthly on the last %s"), time.Weekday(weekday)), 3)
	return append(found, s.everyDays()...)
}

// weekdays are those on which the routine usually runs.
func (s slot) weekdays() []int {
	first, last := s.dates[0], s.dates[len(s.dates)-1]
	var had, were [7]int
	for d := first; !d.After(last); d = d.Add(day) {
		were[d.Weekday()]++
	}
	for _, d := range s.dates {
		had[d.Weekday()]++
	}
	var days []int
	for d := range 7 {
		if were[d] > 0 && 2*had[d] > were[d] {
			days = append(days, d)
		}
	}
	return days
}

// everyDays guesses a period of days that no cron fields can say, such as every second Sunday.
func (s slot) everyDays() []candidate {
	var gaps []int
	for i := 1; i < len(s.dates); i++ {
		gaps = append(gaps, int(s.dates[i].Sub(s.dates[i-1])/day))
	}
	if len(gaps) < 3 {
		return nil
	}
	slices.Sort(gaps)
	gap := gaps[len(gaps)/2]
	if gap < 2 || gap == 7 {
		return nil
	}
	y, m, d := s.dates[len(s.dates)-1].Date()
	anchor := time.Date(y, m, d, 0, int(s.at/time.Minute), 0, 0, s.zone)
	return []candidate{{
		Expectation: Expectation{Every: time.Duration(gap) * day, Anchor: anchor},
		words:       said(say.Recordable("every %d days at %s"), gap, hm(s.at)), least: 4,
	}}
}

// several guesses a routine that runs at several times of the day. Cron fields share one minute: the earliest.
func several(slots []slot) []candidate {
	minute := 59
	var hours, days []int
	for _, s := range slots {
		minute = min(minute, int(s.at/time.Minute)%60)
		hours = append(hours, int(s.at/time.Hour))
		days = append(days, s.weekdays()...)
	}
	slices.Sort(days)
	days, hours = slices.Compact(days), slices.Compact(hours)
	if len(days) == 0 {
		return nil
	}
	times := make([]string, len(hours))
	for i, h := range hours {
		times[i] = hm(time.Duration(h)*time.Hour + time.Duration(minute)*time.Minute)
	}
	words := said(say.Recordable("%d times a day, %s, at %s"), len(hours), phrase(func(s speech) string { return weekWords(s, days) }), strings.Join(times, ", "))
	return []candidate{{Expectation: Expectation{Cron: fmt.Sprintf("%d %s * * %s", minute, list(hours), fields(days))}, words: words, least: 8}}
}

// mode is the value that most have.
func mode(dates []time.Time, of func(time.Time) int) (value, n int) {
	counts := map[int]int{}
	for _, d := range dates {
		v := of(d)
		counts[v]++
		if counts[v] > n || counts[v] == n && v < value {
			value, n = v, counts[v]
		}
	}
	return value, n
}

// clock is a time of the day as minute and hour fields.
func clock(t time.Duration) string {
	return fmt.Sprintf("%d %d", int(t/time.Minute)%60, int(t/time.Hour))
}

func hm(t time.Duration) string {
	return fmt.Sprintf("%02d:%02d", int(t/time.Hour), int(t/time.Minute)%60)
}

// fields are weekdays as a cron field.
func fields(days []int) string {
	switch {
	case len(days) == 7:
		return "*"
	case slices.Equal(days, []int{1, 2, 3, 4, 5}):
		return "1-5"
	}
	return list(days)
}

func list(ns []int) string {
	words := make([]string, len(ns))
	for i, n := range ns {
		words[i] = strconv.Itoa(n)
	}
	return strings.Join(words, ",")
}

func weekWords(s speech, days []int) string {
	switch {
	case len(days) == 7:
		return s.tell(say.Recordable("daily"))
	case slices.Equal(days, []int{1, 2, 3, 4, 5}):
		return s.tell(say.Recordable("weekdays"))
	case len(days) == 6:
		return s.tell(say.Recordable("daily except %s"), s.word(absent(days).String()))
	}
	names := make([]string, len(days))
	for i, d := range days {
		names[i] = s.word(time.Weekday(d).String())
	}
	if len(names) == 1 {
		return s.tell(say.Recordable("weekly on %s"), names[0])
	}
	return s.tell(say.Recordable("on %s and %s"), strings.Join(names[:len(names)-1], ", "), names[len(names)-1])
}

// absent is the day of the week that is not among the others.
func absent(days []int) time.Weekday {
	for d := range 7 {
		if !slices.Contains(days, d) {
			return time.Weekday(d)
		}
	}
	return time.Sunday
}

func ordinal(n int) phrase {
	switch {
	case n%10 == 1 && n != 11:
		return said(say.Recordable("%dst"), n)
	case n%10 == 2 && n != 12:
		return said(say.Recordable("%dnd"), n)
	case n%10 == 3 && n != 13:
		return said(say.Recordable("%drd"), n)
	}
	return said(say.Recordable("%dth"), n)
}
