package format

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// A job's unique name ends in the time at which it was due, never in words: backup-web.2026-11-23_07.10.03_05.
var baculaUnique = regexp.MustCompile(`^(.+)\.(\d{4})-(\d\d)-(\d\d)[_T.](\d\d)[.:](\d\d)[.:](\d\d)(?:[._]\d+)?$`)

// baculaRoutine is the job's name without the time.
func baculaRoutine(unique string) string {
	if m := baculaUnique.FindStringSubmatch(unique); m != nil {
		return m[1]
	}
	return unique
}

// baculaDue is the wall time within a unique name, as if it were UTC; zero without one.
func baculaDue(unique string) time.Time {
	m := baculaUnique.FindStringSubmatch(unique)
	if m == nil {
		return time.Time{}
	}
	due, err := time.Parse("2006 01 02 15 04 05", strings.Join(m[2:], " "))
	if err != nil {
		return time.Time{}
	}
	return due
}

// baculaClock is when something happened, with what a person must know about it.
type baculaClock struct {
	at       time.Time
	absolute bool
	note     string
}

func (in *Input) baculaPlaced(civil time.Time) baculaClock {
	at, note := in.Place(civil)
	return baculaClock{at: at, note: note}
}

// 23-Nov-2026 07:10:03, with the month in the director's language; old reports lack the seconds.
var baculaDated = regexp.MustCompile(`^([0-3]?\d)-(.+)-(\d{4}) ([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$`)

// baculaWhen reads a time of a report. A month in an unknown language is the one nearest to the time in the job's name.
func (in *Input) baculaWhen(s, unique string) baculaClock {
	m := baculaDated.FindStringSubmatch(s)
	if m == nil {
		return in.baculaISO(s)
	}
	n := func(i int) int { v, _ := strconv.Atoi(m[i]); return v }
	if n(3) <= 1970 { // stands for "never"
		return baculaClock{}
	}
	month, ok := baculaMonth(m[2])
	civil := time.Date(n(3), month, n(1), n(4), n(5), n(6), 0, time.UTC)
	if due := baculaDue(unique); !ok && !due.IsZero() {
		civil, ok = nearestMonth(civil, due), true
	}
	if !ok || civil.Day() != n(1) {
		return baculaClock{note: strconv.Quote(s) + " is no date that is understood"}
	}
	return in.baculaPlaced(civil)
}

// baculaISO reads the stamps of Bareos 23 and newer and of web consoles. Catalogs write 0 and the year 0000 for "never".
func (in *Input) baculaISO(s string) baculaClock {
	if s == "" || s == "0" || strings.HasPrefix(s, "0000-") || strings.HasPrefix(s, "1970-01-01") {
		return baculaClock{}
	}
	at, note, err := in.Wall(s)
	if err != nil {
		return baculaClock{note: err.Error()}
	}
	return baculaClock{at: at, absolute: len(s) > len("2006-01-02T15:04:05") && s[10] == 'T', note: note}
}

// nearestMonth moves t to the month in which it lies nearest to due.
func nearestMonth(t, due time.Time) time.Time {
	best := time.Time{}
	for month := time.January; month <= time.December; month++ {
		c := time.Date(t.Year(), month, t.Day(), t.Hour(), t.Minute(), t.Second(), 0, time.UTC)
		if best.IsZero() || c.Sub(due).Abs() < best.Sub(due).Abs() {
			best = c
		}
	}
	return best
}

// 23-Nov 07:10: a stamp of the log, which has no year and mostly no seconds.
var baculaStamp = regexp.MustCompile(`^([0-3]?\d)-\S+ ([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$`)

// baculaStamped dates a line of the log by the job's name: the day is the first of its number since the job was due, so the
// month's language does not matter.
func (in *Input) baculaStamped(stamp, unique string) baculaClock {
	m := baculaStamp.FindStringSubmatch(stamp)
	if m == nil {
		return in.baculaISO(stamp)
	}
	due := baculaDue(unique)
	if due.IsZero() {
		return baculaClock{}
	}
	n := func(i int) int { v, _ := strconv.Atoi(m[i]); return v }
	day := due
	for day.Day() != n(1) {
		if day = day.AddDate(0, 0, 1); day.Sub(due) > 62*24*time.Hour {
			return baculaClock{}
		}
	}
	at := time.Date(day.Year(), day.Month(), day.Day(), n(2), n(3), n(4), 0, time.UTC)
	if at.Before(due) { // the stamp's minute has begun before the job was due
		at = due
	}
	return in.baculaPlaced(at)
}

// baculaMonths holds how the months begin in English, German, French, Spanish, Italian, Portuguese, Dutch, Polish, Czech, Swedish
// and Russian. Where it fails, the job's name still tells.
var baculaMonths = [12]string{
	"jan ene gen sty led янв",
	"feb fév fev lut úno фев",
	"mar mär mrt bře мар",
	"apr avr abr kwi dub апр",
	"may mai mag mei maj kvě мая май",
	"jun juin giu cze čen июн",
	"jul juil lug lip čec июл",
	"aug aoû ago sie srp авг",
	"sep set wrz zář сен",
	"oct okt ott out paź říj окт",
	"nov lis ноя",
	"dec dez déc dic gru pro дек",
}

// baculaMonth reads "Nov", "Mär", "ноя", "5月".
func baculaMonth(s string) (time.Month, bool) {
	s = strings.ToLower(strings.TrimSpace(s))
	if n, err := strconv.Atoi(strings.TrimRight(s, "月월")); err == nil && n >= 1 && n <= 12 {
		return time.Month(n), true
	}
	for i, beginnings := range baculaMonths {
		for _, b := range strings.Fields(beginnings) {
			if strings.HasPrefix(s, b) {
				return time.Month(i + 1), true
			}
		}
	}
	return time.January, false
}

// 00:12:39; hours may pass 99.
var baculaDuration = regexp.MustCompile(`^(\d{1,5}):(\d\d):(\d\d)$`)

func clockDuration(s string) (time.Duration, bool) {
	m := baculaDuration.FindStringSubmatch(s)
	if m == nil {
		return 0, false
	}
	d, err := time.ParseDuration(m[1] + "h" + m[2] + "m" + m[3] + "s")
	return d, err == nil
}
