package main

import (
	"slices"
	"strings"
	"time"

	"github.com/jeandeaual/go-locale"
	"github.com/thlib/go-timezone-local/tzlocal"

	"backstop/app/backup"
)

// monthFirst are the regions that write 3/31/2026.
var monthFirst = []string{"US", "PH", "FM", "GU", "MH", "MP", "PW", "PR", "VI", "AS", "UM"}

// dateOrder is how this machine's people write dates. A machine without a locale is taken for one of the many where the day
// comes first; the guess is shown with each file that needs it.
func dateOrder() backup.DateOrder {
	name, err := locale.GetLocale()
	if err != nil {
		return backup.DayFirst
	}
	return orderIn(name)
}

// orderIn reads a locale such as en-US, en_US.UTF-8 or sr-Latn-RS.
func orderIn(name string) backup.DateOrder {
	name, _, _ = strings.Cut(name, ".")
	parts := strings.FieldsFunc(name, func(r rune) bool { return r == '-' || r == '_' })
	if len(parts) > 1 && slices.Contains(monthFirst, strings.ToUpper(parts[len(parts)-1])) {
		return backup.MonthFirst
	}
	return backup.DayFirst
}

// nameZone gives the machine's own zone its name: what is due is kept in zones such as Europe/Lisbon, which mean the same on
// every machine. Where the machine tells no name the zone stays "Local", and people are asked for one.
func nameZone() {
	name, err := tzlocal.RuntimeTZ()
	if err != nil {
		return
	}
	if zone, err := time.LoadLocation(name); err == nil {
		time.Local = zone
	}
}
