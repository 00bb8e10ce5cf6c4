//go:build !headless

package main

import "testing"

// A machine that is carried into another time zone while the desk is open says that it shows the old one, and no more once it is back.
func TestClock_noticesAnotherZone(t *testing.T) {
	zone := "Europe/Lisbon"
	s := newStart(t, aPast(t))
	s.options.Zone = func() (string, error) { return zone, nil }
	s.begin()
	looks := func() { s.Opening.app.lookAtZone(); s.settle() }
	said := "This machine is in the time zone Europe/Berlin now. Start Backstop again to see times in it."
	looks()
	s.hides("This machine is in the time zone")
	zone = "Europe/Berlin"
	looks()
	s.shows(said)
	s.hides("The clock is right")
	zone = "Europe/Lisbon"
	looks()
	s.hides("This machine is in the time zone")
}
