package say

import (
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// Form is how dates and numbers are written.
type Form struct {
	Key       string // names it for settings
	Date      string // a layout of the time package, with two figures for day and month and four for the year
	Thousands string
	Decimal   string
}

// Forms are those that a person may choose.
var Forms = []Form{
	{"iso", "2006-01-02", ",", "."},
	{"day.", "02.01.2006", ".", ","},
	{"day/,", "02/01/2006", ".", ","},
	{"day/.", "02/01/2006", ",", "."},
	{"month/", "01/02/2006", ",", "."},
}

// FormOf is the form of a key; that of the chosen language where it is none of ours.
func FormOf(key string) Form {
	for _, f := range Forms {
		if f.Key == key {
			return f
		}
	}
	return Chosen().Form
}

var chosenForm atomic.Pointer[Form]

// UseForm has all dates and numbers from now on be written in a form.
func UseForm(f Form) { chosenForm.Store(&f) }

// ChosenForm is how dates and numbers are written: as the language does, unless another form was chosen.
func ChosenForm() Form {
	if f := chosenForm.Load(); f != nil {
		return *f
	}
	return Chosen().Form
}

// DateShape tells people how to write a date: YYYY-MM-DD.
func DateShape() string {
	return strings.NewReplacer("2006", T("YYYY"), "01", T("MM"), "02", T("DD")).Replace(ChosenForm().Date)
}

// ReadDay reads a date in the chosen form, or as YYYY-MM-DD.
func ReadDay(text string, zone *time.Location) (time.Time, error) { return read("", text, zone) }

// ReadMinute reads a date in the chosen form, or as YYYY-MM-DD, and a time of day.
func ReadMinute(text string, zone *time.Location) (time.Time, error) {
	return read(" 15:04", text, zone)
}

func read(after, text string, zone *time.Location) (time.Time, error) {
	if t, err := time.ParseInLocation(ChosenForm().Date+after, text, zone); err == nil {
		return t, nil
	}
	return time.ParseInLocation(time.DateOnly+after, text, zone)
}

// Day is a date.
func Day(t time.Time) string { return t.Format(ChosenForm().Date) }

// Minute is a date and a time of day, to the minute.
func Minute(t time.Time) string { return t.Format(ChosenForm().Date + " 15:04") }

// Second is a date and a time of day, to the second.
func Second(t time.Time) string { return t.Format(ChosenForm().Date + " 15:04:05") }

// Count is a whole number with its thousands apart.
func Count(n int64) string {
	digits := strconv.FormatInt(n, 10)
	sign := ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	groups := []string{}
	for len(digits) > 3 {
		groups = append([]string{digits[len(digits)-3:]}, groups...)
		digits = digits[:len(digits)-3]
	}
	return sign + strings.Join(append([]string{digits}, groups...), ChosenForm().Thousands)
}

// Decimal is a number as the code writes it, such as "1.4 TiB", with the decimal sign of the language.
func Decimal(number string) string { return strings.Replace(number, ".", ChosenForm().Decimal, 1) }
