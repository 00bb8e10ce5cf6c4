package expect

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"backstop/app/say"
)

// Words says in a few words when a routine is to start: "weekdays at 22:30", "every 6 h". Cron fields that have no such words
// stand as they are; nothing expected is "".
func (e Expectation) Words() string { return e.words(inWords) }

// Plain says the same in English, for what is kept.
func (e Expectation) Plain() string { return e.words(plain) }

// Said is what Plain wrote, in the chosen language.
func Said(plain string) string {
	if i := strings.LastIndex(plain, " at "); i >= 0 { // what is before it may be a sentence that takes in any words
		if when := say.Again(plain[:i]); when != plain[:i] {
			return say.T("%s at %s", when, plain[i+len(" at "):])
		}
	}
	if said := say.Again(plain); said != plain {
		return said
	}
	if days, often, two := strings.Cut(plain, ", every "); two {
		return say.Again(days) + ", " + say.Again("every "+often)
	}
	return plain
}

// speech says sentences and single words: in the chosen language, or in English.
type speech struct {
	tell func(sentence string, filled ...any) string
	word func(string) string
}

var (
	inWords = speech{say.T, say.W}
	plain   = speech{fmt.Sprintf, say.N}
)

// phrase is a sentence that is not said yet.
type phrase func(speech) string

// said is a sentence with what is filled in, of which phrases and weekdays are words too.
func said(sentence string, filled ...any) phrase {
	return func(s speech) string {
		words := slices.Clone(filled)
		for i, f := range filled {
			switch f := f.(type) {
			case phrase:
				words[i] = f(s)
			case time.Weekday:
				words[i] = s.word(f.String())
			}
		}
		return s.tell(sentence, words...)
	}
}

func (e Expectation) words(s speech) string {
	switch {
	case e.None():
		return ""
	case e.Cron != "":
		return cronWords(s, e.Cron)
	}
	zone, err := time.LoadLocation(e.Zone)
	if err != nil || e.Every%day != 0 {
		return s.tell(say.Recordable("every %s"), Span(e.Every))
	}
	at := pretend(e.Anchor, zone)
	switch e.Every {
	case day:
		return s.tell(say.Recordable("%s at %s"), s.tell(say.Recordable("daily")), hm(ofDay(at)))
	case 7 * day:
		return s.tell(say.Recordable("%s at %s"), s.tell(say.Recordable("weekly on %s"), s.word(at.Weekday().String())), hm(ofDay(at)))
	default:
		return s.tell(say.Recordable("every %d days at %s"), e.Every/day, hm(ofDay(at)))
	}
}

func cronWords(s speech, cron string) string {
	fields := strings.Fields(cron)
	if len(fields) != 5 {
		return cron
	}
	when := dayWords(s, fields[2], fields[3], fields[4])
	minute, fixed := number(fields[0])
	hours, ok := numbers(fields[1])
	switch {
	case when == "":
		return cron
	case fixed && ok:
		return s.tell(say.Recordable("%s at %s"), when, atTimes(hours, minute))
	}
	often := oftenWords(s, fields[0], fields[1])
	switch {
	case often == "":
		return cron
	case when == s.tell(say.Recordable("daily")):
		return often
	}
	return when + ", " + often
}

// oftenWords says repetitions within a day: "every hour at :15", "every 10 min".
func oftenWords(s speech, minutes, hours string) string {
	minute, fixed := number(minutes)
	every, start, stepped := step(hours, 24)
	switch {
	case fixed && hours == "*":
		return s.tell(say.Recordable("every hour at :%02d"), minute)
	case fixed && stepped:
		return s.tell(say.Recordable("every %d h from %s"), every, hm(time.Duration(start)*time.Hour+time.Duration(minute)*time.Minute))
	}
	every, _, stepped = step(minutes, 60)
	if hours == "*" && stepped {
		return s.tell(say.Recordable("every %d min"), every)
	}
	return ""
}

// dayWords says the days of the fields; nothing when there are no short words for them.
func dayWords(s speech, dom, month, dow string) string {
	switch {
	case month != "*":
		return ""
	case dom == "*" && dow == "*":
		return s.tell(say.Recordable("daily"))
	case dom == "*":
		if days, ok := weekdays(dow); ok {
			return weekWords(s, days)
		}
	case dow == "*" && dom == "L":
		return s.tell(say.Recordable("monthly on the last day"))
	case dow == "*":
		if d, ok := number(dom); ok {
			return s.tell(say.Recordable("monthly on the %s"), ordinal(d)(s))
		}
	}
	return monthlyWords(s, dom, dow)
}

// monthlyWords says the nth or the last of a weekday in each month.
func monthlyWords(s speech, dom, dow string) string {
	if dom != "*" {
		return ""
	}
	if weekday, nth, ok := strings.Cut(dow, "#"); ok {
		w, isDay := number(weekday)
		n, isNumber := number(nth)
		if isDay && isNumber {
			return s.tell(say.Recordable("monthly on the %s %s"), ordinal(n)(s), s.word(time.Weekday(w%7).String()))
		}
	}
	if weekday, last := strings.CutSuffix(dow, "L"); last {
		if w, ok := number(weekday); ok {
			return s.tell(say.Recordable("monthly on the last %s"), s.word(time.Weekday(w%7).String()))
		}
	}
	return ""
}

// weekdays reads "1-5" or "0,3" or "MON"; days are sorted, Sunday is 0.
func weekdays(field string) ([]int, bool) {
	var days []int
	for part := range strings.SplitSeq(strings.ToUpper(field), ",") {
		first, last, isRange := strings.Cut(part, "-")
		from, ok := weekday(first)
		to := from
		if ok && isRange {
			to, ok = weekday(last)
		}
		if !ok || to < from {
			return nil, false
		}
		for d := from; d <= to; d++ {
			days = append(days, d%7)
		}
	}
	slices.Sort(days)
	return slices.Compact(days), true
}

func weekday(s string) (int, bool) {
	if i := slices.Index([]string{"SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"}, s); i >= 0 {
		return i, true
	}
	n, ok := number(s)
	return n, ok && n <= 7
}

func number(s string) (int, bool) {
	n, err := strconv.Atoi(s)
	return n, err == nil && n >= 0
}

// fewTimes is how many times of the day are listed in words.
const fewTimes = 4

// numbers reads a short list such as "6,12,18".
func numbers(field string) ([]int, bool) {
	var ns []int
	for part := range strings.SplitSeq(field, ",") {
		n, ok := number(part)
		if !ok {
			return nil, false
		}
		ns = append(ns, n)
	}
	slices.Sort(ns)
	return ns, len(ns) <= fewTimes
}

// step reads "*/n" and "a-b/n" over the whole of a field.
func step(field string, size int) (every, start int, ok bool) {
	span, n, found := strings.Cut(field, "/")
	every, ok = number(n)
	if !found || !ok || every == 0 || size%every != 0 {
		return 0, 0, false
	}
	if span == "*" {
		return every, 0, true
	}
	first, last, _ := strings.Cut(span, "-")
	start, ok = number(first)
	return every, start, ok && start < every && last == strconv.Itoa(size-1)
}

func atTimes(hours []int, minute int) string {
	times := make([]string, len(hours))
	for i, h := range hours {
		times[i] = hm(time.Duration(h)*time.Hour + time.Duration(minute)*time.Minute)
	}
	return strings.Join(times, ", ")
}

// ParseSpan reads what Span writes, and "90 min", "1h30m", "2 days".
func ParseSpan(text string) (time.Duration, error) {
	var sum time.Duration
	rest := strings.ToLower(strings.Join(strings.Fields(text), ""))
	for rest != "" {
		end := strings.IndexFunc(rest, func(r rune) bool { return r < '0' || r > '9' })
		n, err := strconv.Atoi(rest[:max(end, 0)])
		if err != nil || n > 100_000 {
			return 0, spanError(text)
		}
		rest = rest[end:]
		letters := strings.IndexFunc(rest, func(r rune) bool { return r >= '0' && r <= '9' })
		if letters < 0 {
			letters = len(rest)
		}
		unit, ok := units[rest[:letters]]
		if !ok {
			return 0, spanError(text)
		}
		sum, rest = sum+time.Duration(n)*unit, rest[letters:]
	}
	if strings.TrimSpace(text) == "" {
		return 0, spanError(text)
	}
	return sum, nil
}

var units = map[string]time.Duration{
	"m": time.Minute, "min": time.Minute, "minute": time.Minute, "minutes": time.Minute,
	"h": time.Hour, "hour": time.Hour, "hours": time.Hour,
	"d": day, "day": day, "days": day, "w": 7 * day, "week": 7 * day, "weeks": 7 * day,
}

func spanError(text string) error {
	return say.Error("%q is no length of time; write it as 90 min, 26 h, 1 h 30 min or 7 d", text)
}
