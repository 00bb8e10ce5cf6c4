package say

import (
	"strconv"
	"strings"
	"time"
)

// Form is how a language writes dates and numbers.
type Form struct {
	Date      string // a layout of the time package
	Thousands string
	Decimal   string
}

// Day is a date.
func Day(t time.Time) string { return t.Format(Chosen().Form.Date) }

// Minute is a date and a time of day, to the minute.
func Minute(t time.Time) string { return t.Format(Chosen().Form.Date + " 15:04") }

// Second is a date and a time of day, to the second.
func Second(t time.Time) string { return t.Format(Chosen().Form.Date + " 15:04:05") }

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
	return sign + strings.Join(append([]string{digits}, groups...), Chosen().Form.Thousands)
}

// Decimal is a number as the code writes it, such as "1.4 TiB", with the decimal sign of the language.
func Decimal(number string) string { return strings.Replace(number, ".", Chosen().Form.Decimal, 1) }
